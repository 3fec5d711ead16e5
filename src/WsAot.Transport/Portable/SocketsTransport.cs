using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace WsAot.Transport.Portable;

/// <summary>Loops on System.Net.Sockets, for every platform.</summary>
internal sealed class SocketsTransport(TransportOptions options, ArrayPool<byte> pool) : ServerTransport
{
    private readonly List<SocketsListener> _listeners = [];
    private readonly Lock _choosing = new();
    private SocketsLoop[] _loops = [];

    public override string Name => "sockets";

    public override void Start(Func<TransportLoop, ILoopHandler> createHandler)
    {
        _loops = new SocketsLoop[options.Loops];
        for (int i = 0; i < _loops.Length; i++) _loops[i] = new SocketsLoop(i, options, pool);
        SetLoops(_loops, createHandler);
        foreach (SocketsLoop loop in _loops) loop.Start();
    }

    public override IPEndPoint Listen(IPEndPoint endPoint)
    {
        var listener = new SocketsListener(this, endPoint, options.Backlog);
        _listeners.Add(listener);
        listener.Start();
        return listener.EndPoint;
    }

    public override void StopListening()
    {
        foreach (SocketsListener listener in _listeners) listener.Dispose();
        _listeners.Clear();
    }

    /// <summary>Brings an accepted socket to the loop where it will live. Any thread.</summary>
    internal void Dispatch(Socket socket)
    {
        SocketsLoop loop;
        lock (_choosing) loop = (SocketsLoop)TakeLeastLoaded();
        loop.Post(static accepted => ((Accepted)accepted!).Adopt(), new Accepted(loop, socket));
    }

    internal void ReportAcceptFailed(string reason) =>
        _loops[0].Post(static failure => ((AcceptFailure)failure!).Report(), new AcceptFailure(_loops[0], reason));

    protected override void Dispose(bool disposing)
    {
        StopListening();
        foreach (SocketsLoop loop in _loops) loop.Dispose();
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
