using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <summary>Shared by the connections of a loop that use .NET's TLS: the buffers, and the handshakes.</summary>
internal sealed class SslStreamLoop(TransportLoop loop)
{
    public TlsHandshakes Handshakes { get; } = new(loop);

    /// <summary>Where ciphertext is received.</summary>
    public byte[] Input { get; } = new byte[loop.ReceiveBytes];

    /// <summary>Where the pieces of a record are put together before it is encrypted.</summary>
    public byte[] Record { get; } = new byte[TlsChannel.MaxPlaintextBytes];
}
