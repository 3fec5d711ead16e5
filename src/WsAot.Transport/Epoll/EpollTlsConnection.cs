using System.Runtime.Versioning;
using WsAot.Transport.Connections;
using WsAot.Transport.Output;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Epoll;

/// <summary>A connection with TLS whose socket is watched by epoll.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EpollTlsConnection : EpollConnection, ITlsWire
{
    private readonly OpenSslChannel _tls;

    public EpollTlsConnection(EpollLoop loop, int socket, PeerAddress address, OpenSslServer server)
        : base(loop, socket, address) => _tls = new OpenSslChannel(this, this, loop.Tls, server);

    private protected override ITlsChannel Tls => _tls;

    InputStatus ITlsWire.ReceiveCiphertext(Span<byte> buffer, out int length) => base.Receive(buffer, out length);

    int ITlsWire.SendCiphertext(ReadOnlySpan<OutputSlice> slices) => base.Send(slices);

    private protected override InputStatus Receive(Span<byte> buffer, out int length) => _tls.Receive(buffer, out length);

    private protected override int Send(ReadOnlySpan<OutputSlice> slices) => _tls.Send(slices);
}
