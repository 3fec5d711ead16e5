namespace WsAot;

/// <summary>
/// How messages are compressed (permessage-deflate, RFC 7692) if the client offers it. The modes differ in the memory they take.
/// </summary>
public enum WsCompression
{
    /// <summary>Use the server's option. In the server's options, this means <see cref="None"/>.</summary>
    Default,

    /// <summary>No compression: the extension is not accepted.</summary>
    None,

    /// <summary>
    /// All connections of a loop share one compressor and one decompressor. Each message is compressed by itself; an idle connection needs
    /// no memory for compression.
    /// </summary>
    Shared,

    /// <summary>
    /// Each connection has its own compressor, from its first compressed message on, and messages refer to earlier ones. Small messages
    /// become much smaller, but each connection takes about 300 KiB.
    /// </summary>
    Dedicated,
}
