namespace WsAot.Protocol.Handshake;

/// <summary>What a <see cref="ProxyHeaderReader"/> has found.</summary>
public enum ProxyHeaderStatus : byte
{
    /// <summary>The header is not over.</summary>
    NeedMoreData,

    /// <summary>The header is complete: see <see cref="ProxyHeaderReader.Source"/>.</summary>
    Done,

    /// <summary>The bytes are no header of the PROXY protocol.</summary>
    NotAProxyHeader,

    /// <summary>They are one that is malformed, or of another version.</summary>
    Malformed,
}
