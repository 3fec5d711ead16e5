namespace WsAot.Transport.Tls;

/// <summary>Shared by the connections of a loop that use OpenSSL: the buffers for ciphertext, and the handshakes.</summary>
internal sealed class OpenSslLoop(TransportLoop loop) : IDisposable
{
    /// <summary>Joins pieces of output into one record; the loop's other buffers are in use then.</summary>
    private readonly byte[] _record = new byte[TlsChannel.MaxPlaintextBytes];

    public LoopBio Bio { get; } = new(loop.ReceiveBytes, loop.SendBuffer.Capacity);

    public TlsHandshakes Handshakes { get; } = new(loop);

    public Span<byte> Record => _record;

    public void Dispose() => Bio.Dispose();
}
