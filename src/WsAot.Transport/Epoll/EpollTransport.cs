using System.Buffers;
using System.Net;
using System.Runtime.Versioning;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Epoll;

/// <summary>Loops on epoll. The first one accepts for all.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EpollTransport(TransportOptions options, ArrayPool<byte>? pool) : ServerTransport(options)
{
    private EpollListener[] _listeners = [];

    public override string Name => "epoll";

    private EpollLoop Acceptor => (EpollLoop)Loops[0];

    public static unsafe int ReadDescriptorLimit()
    {
        LibC.RLimit limit;
        return LibC.GetRLimit(LibC.RLIMIT_NOFILE, &limit) == 0 ? (int)Math.Min(limit.Soft, int.MaxValue) : int.MaxValue;
    }

    public override IPEndPoint Listen(ListenOptions listener)
    {
        var socket = new EpollListener(this, Acceptor, listener, Options.Backlog);
        _listeners = [.. _listeners, socket];
        Acceptor.Post(static socket => ((EpollListener)socket!).Start(), socket);
        return socket.EndPoint;
    }

    public override int? FindSocket(ListenOptions listener) =>
        Array.Find(_listeners, socket => ReferenceEquals(socket.Options, listener))?.Socket;

    public override TlsServer CreateTls(TlsServerOptions options) => OpenSslServer.Create(options);

    /// <summary>Gives an accepted socket to the loop with the fewest connections. On the loop that accepts.</summary>
    internal void HandOver(EpollLoop acceptor, int socket, PeerAddress address, ListenOptions listener)
    {
        var loop = (EpollLoop)ReserveOnLeastLoadedLoop();
        if (ReferenceEquals(loop, acceptor)) loop.Adopt(socket, address, listener);
        else loop.Post(static accepted => ((Accepted)accepted!).Adopt(), new Accepted(loop, socket, address, listener));
    }

    private protected override TransportLoop CreateLoop(int index) => new EpollLoop(index, Options, pool);

    private protected override Task CloseListenersAsync() => Loops.Count == 0
        ? Task.CompletedTask
        : Acceptor.RunAsync(static loop => ((EpollLoop)loop!).CloseListeners(), Acceptor);

    private sealed record Accepted(EpollLoop Loop, int Socket, PeerAddress Address, ListenOptions Listener)
    {
        public void Adopt() => Loop.Adopt(Socket, Address, Listener);
    }
}
