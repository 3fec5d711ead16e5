using System.Buffers;
using System.Net;
using System.Net.Sockets;
using WsAot.Transport.Listening;
using WsAot.Transport.SslStreams;

namespace WsAot.Transport.Sockets;

/// <summary>Loops on System.Net.Sockets, for every platform.</summary>
internal sealed class SocketsTransport(TransportOptions options, ArrayPool<byte>? pool) : ServerTransport(options)
{
    private readonly List<SocketsListener> _listeners = [];

    /// <summary>Held while a connection is given to its loop, so that none arrives after the listeners were closed.</summary>
    private readonly Lock _handingOver = new();

    public override string Name => "sockets";

    public override TlsServer CreateTls(TlsServerOptions options)
    {
        if (TransportFeatures.IsSslStreamSupported) return SslStreamServer.Create(options);
        string instead = OperatingSystem.IsLinux() ? "Choose --transport epoll, which uses OpenSSL, or publish" : "Publish";
        throw new TransportException($"The sockets transport has no TLS in this build. {instead} with -p:WsAotSslStream=true.");
    }

    /// <summary>Gives an accepted socket to the loop with the fewest connections. Any thread.</summary>
    internal void HandOver(SocketsListener from, Socket socket, ListenOptions listener)
    {
        lock (_handingOver)
        {
            if (from.IsDisposed)
            {
                socket.Close(0);
                return;
            }

            var loop = (SocketsLoop)ReserveOnLeastLoadedLoop();
            loop.Post(static accepted => ((Accepted)accepted!).Adopt(), new Accepted(loop, socket, listener));
        }
    }

    internal void ReportAcceptFailed(string reason)
    {
        var first = (SocketsLoop)Loops[0];
        first.Post(static failure => ((AcceptFailure)failure!).Report(), new AcceptFailure(first, reason));
    }

    /// <summary>Begins to accept for a listener.</summary>
    internal void Add(SocketsListener listener)
    {
        lock (_handingOver) _listeners.Add(listener);
    }

    private protected override IListeningSocket Open(ListenOptions listener, EndPoint endPoint, int? inherited) => inherited is not null
        ? throw new TransportException(
            $"The sockets transport cannot take over the socket that listens at {endPoint}: choose --transport epoll.")
        : new SocketsListener(this, listener, endPoint, Options.Backlog);

    private protected override TransportLoop CreateLoop(int index) => new SocketsLoop(index, Options, pool);

    private protected override Task CloseListenersAsync()
    {
        lock (_handingOver)
        {
            foreach (SocketsListener listener in _listeners) listener.Dispose();
            _listeners.Clear();
        }

        return Task.CompletedTask;
    }

    private sealed record Accepted(SocketsLoop Loop, Socket Socket, ListenOptions Listener)
    {
        public void Adopt() => Loop.Adopt(Socket, Listener);
    }

    private sealed record AcceptFailure(SocketsLoop Loop, string Reason)
    {
        public void Report() => Loop.ReportAcceptFailed(Reason);
    }
}
