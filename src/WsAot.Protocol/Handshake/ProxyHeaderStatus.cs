namespace WsAot.Protocol.Handshake;

/// <summary>What a <see cref="ProxyHeaderReader"/> has found.</summary>
public enum ProxyHeaderStatus : byte
{
    /// <summary>The header is incomplete.</summary>
    NeedMoreData,

    /// <summary>The header is complete: see <see cref="ProxyHeaderReader.Source"/>.</summary>
    Done,

    /// <summary>The bytes are not a header of the PROXY protocol.</summary>
    NotAProxyHeader,

    /// <summary>The header is malformed, or has another version.</summary>
    Malformed,
}
