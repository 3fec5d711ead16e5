using System.Buffers;
using WsAot.Compression;
using WsAot.Http;
using WsAot.Sessions;
using WsAot.Timers;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot.Hosting;

/// <summary>What a server has on each of its loops: the sessions that live there, their timers and topics, and the time.</summary>
internal sealed class ServerLoop : ILoopHandler
{
    private readonly TransportLoop _transport;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _sessionsLock = new();
    private readonly List<Session> _sessions = [];
    private readonly HashSet<HttpSession> _handshakes = [];
    private int _pendingHandlers;
    private bool _isDraining;
    private long _nowMs = -1;
    private long _acceptFailedMs = long.MinValue / 2;

    public ServerLoop(WsServer server, TransportLoop transport, TimeProvider timeProvider, ArrayPool<byte> pool)
    {
        (Server, _transport, _timeProvider, Pool) = (server, transport, timeProvider, pool);
        Compression = new LoopCompression(server.Options.CompressionLevel, pool);
        Timers = new TimerWheel(NowMs);
        _nowMs = -1;
    }

    public WsServer Server { get; }

    public ArrayPool<byte> Pool { get; }

    public TimerWheel Timers { get; }

    public LoopTopics Topics { get; } = new();

    public LoopCompression Compression { get; }

    public bool IsCurrent => _transport.IsCurrent;

    /// <summary>The time in milliseconds from an arbitrary start, read once in a batch.</summary>
    public long NowMs => _nowMs >= 0 ? _nowMs : _nowMs = ReadTimeMs();

    /// <summary>Connections that are not gone, and handlers that have not returned. Any thread.</summary>
    public int Unfinished => _transport.ConnectionCount + Volatile.Read(ref _pendingHandlers);

    public void Post(LoopCall call) => _transport.Post(static call => ((LoopCall)call!).Run(), call);

    public IConnectionHandler OnConnected(TransportConnection connection)
    {
        var session = new HttpSession(this, connection);
        _handshakes.Add(session);
        if (_isDraining) connection.Close();
        else session.Start();
        return session;
    }

    public int OnBatchEnd()
    {
        long nowMs = NowMs;
        Timers.Advance(nowMs);
        int nextMs = Timers.NextInMs(nowMs);
        // The next batch may come after any time.
        _nowMs = -1;
        return nextMs;
    }

    public void OnAcceptFailed(string reason)
    {
        // One line for as long as it lasts, not one for each attempt.
        if (NowMs - _acceptFailedMs > 4 * TransportLoop.AcceptRetryMs) Log.AcceptFailed(Server.Logger, reason, TransportLoop.AcceptRetryMs);
        _acceptFailedMs = NowMs;
    }

    public void OnUnhandledException(Exception exception) => Log.UnhandledException(Server.Logger, exception);

    /// <summary>The handshake of a connection is over, in whatever way.</summary>
    public void Remove(HttpSession session) => _handshakes.Remove(session);

    public void Add(Session session)
    {
        lock (_sessionsLock)
        {
            session.ListIndex = _sessions.Count;
            _sessions.Add(session);
        }

        // It was being opened while the server began to stop.
        if (_isDraining) session.Close(Protocol.Closing.CloseCode.GoingAway, WsServer.StoppingReason);
    }

    public void Remove(Session session)
    {
        lock (_sessionsLock)
        {
            Session last = _sessions[^1];
            _sessions[session.ListIndex] = last;
            last.ListIndex = session.ListIndex;
            _sessions.RemoveAt(_sessions.Count - 1);
            session.ListIndex = -1;
        }
    }

    /// <summary>Open connections. Any thread.</summary>
    public int CountSessions()
    {
        lock (_sessionsLock) return _sessions.Count;
    }

    /// <summary>Adds the open connections to a list. Any thread.</summary>
    public void CopySessionsTo(List<Session> destination)
    {
        lock (_sessionsLock) destination.AddRange(_sessions);
    }

    public void CountPendingHandler() => Interlocked.Increment(ref _pendingHandlers);

    public void UncountPendingHandler() => Interlocked.Decrement(ref _pendingHandlers);

    /// <summary>Lets nobody in any more, and closes those who are there.</summary>
    public void Drain()
    {
        _isDraining = true;
        foreach (HttpSession handshake in _handshakes) handshake.OnStopping();
        var sessions = new List<Session>();
        CopySessionsTo(sessions);
        foreach (Session session in sessions) session.Close(Protocol.Closing.CloseCode.GoingAway, WsServer.StoppingReason);
    }

    /// <summary>Gives a shared frame to the subscribers of a topic here, or (null) to every connection here.</summary>
    public void Deliver(string? topic, SharedFrame frame)
    {
        if (topic is not null)
        {
            Topics.Deliver(topic, frame);
            return;
        }

        lock (_sessionsLock)
        {
            foreach (Session session in _sessions) session.SendPublished(frame);
        }
    }

    private long ReadTimeMs() => (long)(_timeProvider.GetTimestamp() * (1000.0 / _timeProvider.TimestampFrequency));
}
