using WsAot.Transport.Connections;
using WsAot.Transport.Output;
using WsAot.Transport.SslStreams;
using WsAot.Transport.Tls;

namespace WsAot.Transport.InMemory;

/// <summary>The server's end of an in-memory connection with TLS.</summary>
internal sealed class InMemoryTlsConnection : InMemoryConnection, ITlsWire
{
    private readonly ITlsChannel _tls;

    public InMemoryTlsConnection(InMemoryLoop loop, InMemoryPeer peer, PeerAddress address, OpenSslServer server)
        : base(loop, peer, address) => _tls = new TlsChannel(this, this, loop.Tls, server);

    public InMemoryTlsConnection(InMemoryLoop loop, InMemoryPeer peer, PeerAddress address, SslStreamServer server)
        : base(loop, peer, address) => _tls = new SslStreamChannel(this, this, loop.SslStreams, server);

    public override bool IsEncrypted => true;

    public override bool IsEstablished => _tls.State == TlsState.Established;

    private protected override int HeldBytes => _tls.HeldBytes;

    public override TlsDetails? GetTlsDetails() => _tls.GetDetails();

    InputStatus ITlsWire.ReceiveCiphertext(Span<byte> buffer, out int length) => base.Receive(buffer, out length);

    int ITlsWire.SendCiphertext(ReadOnlySpan<OutputSlice> slices) => base.Send(slices);

    void ITlsWire.OnCiphertextHeld()
    {
        SetFlags(ConnectionFlags.CiphertextHeld);
        Block();
    }

    void ITlsWire.OnTlsEstablished()
    {
        if (!Has(ConnectionFlags.CiphertextHeld)) OnWritable();
    }

    bool ITlsWire.OnTlsFailed(string reason) => TellTlsFailed(reason);

    void ITlsWire.OnTlsInterestChanged() => UpdateInterest();

    void ITlsWire.ResumeHandshake() => ResumeReceiving();

    private protected override InputStatus Receive(Span<byte> buffer, out int length) => _tls.Receive(buffer, out length);

    private protected override int Send(ReadOnlySpan<OutputSlice> slices) => _tls.Send(slices);

    private protected override bool TrySendHeld() => AfterHeld(_tls.SendHeld());

    private protected override bool TrySendEnd() => _tls.SendEnd();

    /// <summary>What waits for the handshake does not wait for the kernel.</summary>
    private protected override void SetInterest(bool reading, bool writing) =>
        base.SetInterest(reading && !_tls.IsUnread, writing && Has(ConnectionFlags.CiphertextHeld));

    private protected override void CloseSocket()
    {
        _tls.Close(IsAborted);
        base.CloseSocket();
    }
}
