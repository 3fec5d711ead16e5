using System.Net.Sockets;
using WsAot.Transport.Connections;
using WsAot.Transport.Output;
using WsAot.Transport.SslStreams;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Sockets;

/// <summary>A connection with TLS on a <see cref="Socket"/>. What it sends in the background is ciphertext.</summary>
internal sealed class SocketsTlsConnection : SocketsConnection, ITlsWire
{
    private readonly SslStreamChannel _tls;

    public SocketsTlsConnection(SocketsLoop loop, Socket socket, PeerAddress address, SslStreamServer server)
        : base(loop, socket, address) => _tls = new SslStreamChannel(this, this, loop.Tls, server);

    public override bool IsEncrypted => true;

    public override bool IsEstablished => _tls.State == TlsState.Established;

    private protected override int HeldBytes => _tls.HeldBytes;

    private protected override ArraySegment<byte> NextPending => _tls.NextHeld;

    public override TlsDetails? GetTlsDetails() => _tls.GetDetails();

    bool ITlsWire.IsSendingInBackground => IsQueueInUse;

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

    private protected override void OnSentInBackground(int sentBytes) => _tls.OnSentInBackground(sentBytes);

    /// <summary>What waits for the handshake does not wait for the kernel.</summary>
    private protected override void SetInterest(bool reading, bool writing) =>
        base.SetInterest(reading && !_tls.IsUnread, writing && Has(ConnectionFlags.CiphertextHeld));

    private protected override void CloseSocket()
    {
        _tls.Close(IsAborted);
        base.CloseSocket();
    }

    private protected override void ReleaseSent()
    {
        _tls.ReleaseHeld();
        base.ReleaseSent();
    }
}
