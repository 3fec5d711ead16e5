using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <summary>What the connections of a loop share whose TLS is that of .NET: the buffers, and the handshakes.</summary>
internal sealed class SslStreamLoop(TransportLoop loop)
{
    /// <summary>What fits into a record (RFC 8446 section 5.1).</summary>
    private const int RecordBytes = 16 * 1024;

    public TransportLoop Loop => loop;

    public TlsHandshakes Handshakes { get; } = new(loop);

    /// <summary>Where ciphertext is received.</summary>
    public byte[] Input { get; } = new byte[loop.ReceiveBytes];

    /// <summary>Where the pieces of a record are put together before it is encrypted.</summary>
    public byte[] Record { get; } = new byte[RecordBytes];
}
