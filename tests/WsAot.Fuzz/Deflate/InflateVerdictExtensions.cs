using WsAot.Protocol;
using WsAot.TestKit.Deflate;

namespace WsAot.Fuzz.Deflate;

/// <summary>The server's error for a verdict.</summary>
internal static class InflateVerdictExtensions
{
    public static ProtocolError ToError(this InflateVerdict verdict) => verdict switch
    {
        InflateVerdict.Message => ProtocolError.None,
        InflateVerdict.TooLong => ProtocolError.MessageTooBig,
        _ => ProtocolError.InvalidDeflateData,
    };
}
