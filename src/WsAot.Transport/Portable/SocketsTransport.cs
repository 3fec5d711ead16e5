using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace WsAot.Transport.Portable;

/// <summary>Loops on System.Net.Sockets, for every platform.</summary>
internal sealed class SocketsTransport(TransportOptions options, ArrayPool<byte>? pool) : ServerTransport
{
    private readonly List<SocketsListener> _listeners = [];
    private readonly Lock _choosing = new();
    private SocketsLoop[] _loops = [];

    public override string Name => "sockets";

    public override void Start(Func<TransportLoop, ILoopHandler> createHandler)
    {
        for (int i = 0; i < options.Loops; i++) _loops = [.. _loops, new SocketsLoop(i, options, pool)];
        SetLoops(_loops, createHandler);
        foreach (SocketsLoop loop in _loops) loop.Start();
    }

    public override IPEndPoint Listen(IPEndPoint endPoint)
    {
        var listener = new SocketsListener(this, endPoint, options.Backlog);
        lock (_choosing) _listeners.Add(listener);
        listener.Start();
        return listener.EndPoint;
    }

    public override void StopListening()
    {
        // Under the lock, so that nothing which was accepted already reaches a loop later than this.
        lock (_choosing)
        {
            foreach (SocketsListener listener in _listeners) listener.Dispose();
            _listeners.Clear();
        }
    }

    /// <summary>Brings an accepted socket to the loop where it will live. Any thread.</summary>
    internal void Dispatch(SocketsListener listener, Socket socket)
    {
        lock (_choosing)
        {
            if (listener.IsDisposed)
            {
                socket.Close(0);
                return;
            }

            var loop = (SocketsLoop)TakeLeastLoaded();
            loop.Post(static accepted => ((Accepted)accepted!).Adopt(), new Accepted(loop, socket));
        }
    }

    internal void ReportAcceptFailed(string reason)
    {
        var first = (SocketsLoop)Loops[0];
        first.Post(static failure => ((AcceptFailure)failure!).Report(), new AcceptFailure(first, reason));
    }

    protected override void Dispose(bool disposing)
    {
        StopListening();
        foreach (SocketsLoop loop in _loops) loop.End(StopTimeoutMs);
        _loops = [];
    }

    private sealed record Accepted(SocketsLoop Loop, Socket Socket)
    {
        public void Adopt() => Loop.Adopt(Socket);
    }

    private sealed record AcceptFailure(SocketsLoop Loop, string Reason)
    {
        public void Report() => Loop.ReportAcceptFailed(Reason);
    }
}
