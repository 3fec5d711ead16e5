using System.Buffers;
using System.Net;
using System.Runtime.Versioning;

namespace WsAot.Transport.Epoll;

/// <summary>Loops on epoll. The first one accepts for all.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EpollTransport(TransportOptions options, ArrayPool<byte>? pool) : ServerTransport
{
    private EpollLoop[] _loops = [];

    public override string Name => "epoll";

    public static unsafe int ReadDescriptorLimit()
    {
        LibC.RLimit limit;
        return LibC.GetRLimit(LibC.RLIMIT_NOFILE, &limit) == 0 ? (int)Math.Min(limit.Soft, int.MaxValue) : int.MaxValue;
    }

    public override void Start(Func<TransportLoop, ILoopHandler> createHandler)
    {
        for (int i = 0; i < options.Loops; i++) _loops = [.. _loops, new EpollLoop(i, options, pool)];
        SetLoops(_loops, createHandler);
        foreach (EpollLoop loop in _loops) loop.Start();
    }

    public override IPEndPoint Listen(IPEndPoint endPoint)
    {
        var listener = new EpollListener(this, _loops[0], endPoint, options.Backlog);
        _loops[0].Post(static listener => ((EpollListener)listener!).Start(), listener);
        return listener.EndPoint;
    }

    public override void StopListening()
    {
        if (_loops.Length > 0) _loops[0].RunAndWait(static loop => ((EpollLoop)loop!).RemoveListeners(), _loops[0], StopTimeoutMs);
    }

    /// <summary>Brings an accepted socket to the loop where it will live.</summary>
    internal void Dispatch(EpollLoop acceptor, int socket, PeerAddress address)
    {
        var loop = (EpollLoop)TakeLeastLoaded();
        if (ReferenceEquals(loop, acceptor)) loop.Adopt(socket, address);
        else loop.Post(static accepted => ((Accepted)accepted!).Adopt(), new Accepted(loop, socket, address));
    }

    protected override void Dispose(bool disposing)
    {
        foreach (EpollLoop loop in _loops) loop.End(StopTimeoutMs);
        _loops = [];
    }

    private sealed record Accepted(EpollLoop Loop, int Socket, PeerAddress Address)
    {
        public void Adopt() => Loop.Adopt(Socket, Address);
    }
}
