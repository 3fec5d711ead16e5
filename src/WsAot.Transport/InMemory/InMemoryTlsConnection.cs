using WsAot.Transport.Connections;
using WsAot.Transport.Output;
using WsAot.Transport.SslStreams;
using WsAot.Transport.Tls;

namespace WsAot.Transport.InMemory;

/// <summary>The server's end of an in-memory connection with TLS.</summary>
internal sealed class InMemoryTlsConnection : InMemoryConnection, ITlsWire
{
    private readonly TlsChannel _tls;

    public InMemoryTlsConnection(InMemoryLoop loop, InMemoryPeer peer, PeerAddress address, OpenSslServer server)
        : base(loop, peer, address) => _tls = new OpenSslChannel(this, this, loop.Tls, server);

    public InMemoryTlsConnection(InMemoryLoop loop, InMemoryPeer peer, PeerAddress address, SslStreamServer server)
        : base(loop, peer, address) => _tls = new SslStreamChannel(this, this, loop.SslStreams, server);

    private protected override ITlsChannel Tls => _tls;

    InputStatus ITlsWire.ReceiveCiphertext(Span<byte> buffer, out int length) => base.Receive(buffer, out length);

    int ITlsWire.SendCiphertext(ReadOnlySpan<OutputSlice> slices) => base.Send(slices);

    private protected override InputStatus Receive(Span<byte> buffer, out int length) => _tls.Receive(buffer, out length);

    private protected override int Send(ReadOnlySpan<OutputSlice> slices) => _tls.Send(slices);
}
