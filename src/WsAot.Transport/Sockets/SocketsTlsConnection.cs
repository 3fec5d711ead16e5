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

    private protected override ITlsChannel Tls => _tls;

    InputStatus ITlsWire.ReceiveCiphertext(Span<byte> buffer, out int length) => base.Receive(buffer, out length);

    int ITlsWire.SendCiphertext(ReadOnlySpan<OutputSlice> slices) => base.Send(slices);

    private protected override InputStatus Receive(Span<byte> buffer, out int length) => _tls.Receive(buffer, out length);

    private protected override int Send(ReadOnlySpan<OutputSlice> slices) => _tls.Send(slices);
}
