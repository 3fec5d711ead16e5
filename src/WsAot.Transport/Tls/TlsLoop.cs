namespace WsAot.Transport.Tls;

/// <summary>What the TLS connections of a loop share: the buffers for ciphertext, and the handshakes.</summary>
internal sealed class TlsLoop(TransportLoop loop) : IDisposable
{
    /// <summary>Where pieces of output become one record: the loop's other buffers are in use then.</summary>
    private readonly byte[] _record = new byte[TlsChannel.MaxPlaintextBytes];

    public LoopBio Bio { get; } = new(loop.ReceiveBytes, loop.SendBuffer.Capacity);

    public TlsHandshakes Handshakes { get; } = new(loop);

    public TransportLoop Loop => loop;

    public Span<byte> Record => _record;

    public void Dispose() => Bio.Dispose();
}
