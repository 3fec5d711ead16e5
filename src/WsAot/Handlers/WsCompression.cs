namespace WsAot;

/// <summary>How messages are compressed (permessage-deflate, RFC 7692), where the client offers it. It is a choice of memory.</summary>
public enum WsCompression
{
    /// <summary>As the server's options say; there: <see cref="None"/>.</summary>
    Default,

    /// <summary>No compression: the extension is not accepted.</summary>
    None,

    /// <summary>
    /// All connections of a loop take turns with one compressor and one decompressor. Each message is compressed by itself; nothing is
    /// kept for a connection that is idle.
    /// </summary>
    Shared,

    /// <summary>
    /// Each connection has its own, from its first compressed message on, and messages refer to those before them: small messages become
    /// much smaller, and a connection takes about 300 KiB.
    /// </summary>
    Dedicated,
}
