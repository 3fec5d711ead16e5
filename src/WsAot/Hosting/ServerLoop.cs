using System.Buffers;
using WsAot.Compression;
using WsAot.Http;
using WsAot.Memory;
using WsAot.Sessions;
using WsAot.Timers;
using WsAot.Topics;
using WsAot.Transport;
using WsAot.Transport.Buffers;

namespace WsAot.Hosting;

/// <summary>What a server has on each of its loops: the sessions that live there, their timers and topics, and the time.</summary>
internal sealed class ServerLoop : ILoopHandler
{
    /// <summary>How often a loop looks whether the others have delivered what its publishers wait for.</summary>
    private const int BacklogCheckMs = 5;

    private const int MaxSpareHandshakes = 64;

    private readonly TransportLoop _transport;
    private readonly TimeProvider _timeProvider;
    private readonly LoopMemory _memory;
    private readonly List<Session> _waitingPublishers = [];
    private readonly Lock _sessionsLock = new();
    private readonly List<Session> _sessions = [];
    private readonly HashSet<HttpSession> _handshakes = [];
    private readonly Stack<HttpSession> _spareHandshakes = new();
    private int _pendingHandlers;
    private int _postedSubscriptions;
    private int _postedDeliveries;      // of what other loops and threads published, in this batch
    private bool _isDraining;
    private long _nowMs = -1;
    private long _acceptFailedMs = long.MinValue / 2;

    public ServerLoop(WsServer server, TransportLoop transport, TimeProvider timeProvider)
    {
        (Server, _transport, _timeProvider) = (server, transport, timeProvider);
        _memory = new LoopMemory(transport.Pool as LoopBufferPool, server.Heap);
        Compression = new LoopCompression(server.Options.CompressionLevel, transport.Pool);
        Timers = new TimerWheel(NowMs);
        _nowMs = -1;
    }

    public WsServer Server { get; }

    public ArrayPool<byte> Pool => _transport.Pool;

    public TimerWheel Timers { get; }

    public LoopRequest Request { get; } = new();

    public LoopTopics Topics { get; } = new();

    public LoopCompression Compression { get; }

    /// <summary>Whether what this loop is doing has published, by whatever way; whoever wants to know takes it back first.</summary>
    public bool HasPublished { get; set; }

    /// <summary>The deliveries made here of that; taken back with it.</summary>
    public int Deliveries { get; set; }

    public bool IsCurrent => _transport.IsCurrent;

    /// <summary>The time in milliseconds from an arbitrary start, read once in a batch.</summary>
    public long NowMs => _nowMs >= 0 ? _nowMs : _nowMs = ReadTimeMs();

    /// <summary>Connections that are not gone, and handlers that have not returned. Any thread.</summary>
    public int Unfinished => _transport.ConnectionCount + Volatile.Read(ref _pendingHandlers);

    public void Post(LoopCall call) => _transport.Post(static call => ((LoopCall)call!).Run(), call);

    public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener)
    {
        HttpSession session = _spareHandshakes.TryPop(out HttpSession? spare) ? spare : new HttpSession(this);
        _handshakes.Add(session);
        session.Start(connection);
        if (_isDraining) connection.Close();
        return session;
    }

    public int OnBatchEnd()
    {
        long nowMs = NowMs;
        Timers.Advance(nowMs);
        int nextMs = Timers.NextInMs(nowMs);
        if (_waitingPublishers.Count > 0 && !ReleasePublishers() && (uint)nextMs > BacklogCheckMs) nextMs = BacklogCheckMs;
        int memoryMs = _memory.Advance(nowMs);
        if ((uint)memoryMs < (uint)nextMs) nextMs = memoryMs;
        // The next batch may come after any time.
        _nowMs = -1;
        _postedDeliveries = 0;
        return nextMs;
    }

    /// <summary>A session has published more than other loops could deliver yet; it hears when they have.</summary>
    public void AddWaitingPublisher(Session session) => _waitingPublishers.Add(session);

    /// <summary>Has a frame delivered here, from another loop or thread; not if nobody here hears of its topic.</summary>
    public void PostDelivery(string? topic, SharedFrame frame)
    {
        // A subscription that is on its way stands before the frame in the loop's queue.
        if (topic is not null && Volatile.Read(ref _postedSubscriptions) == 0 && !Topics.Has(topic)) return;
        if (Server.Backlog.TryAdd(frame.BacklogBytes)) Post(new DeliverCall(this, topic, frame));
        else Log.DeliveryDropped(Server.Logger, topic ?? "(all)");
    }

    public void PostSubscription(LoopCall call)
    {
        Interlocked.Increment(ref _postedSubscriptions);
        Post(call);
    }

    public void OnPostedSubscription() => Interlocked.Decrement(ref _postedSubscriptions);

    public void OnAcceptFailed(string reason)
    {
        // One line for as long as it lasts, not one for each attempt.
        if (NowMs - _acceptFailedMs > 4 * TransportLoop.AcceptRetryMs) Log.AcceptFailed(Server.Logger, reason, TransportLoop.AcceptRetryMs);
        _acceptFailedMs = NowMs;
    }

    public void OnUnhandledException(Exception exception) => Log.UnhandledException(Server.Logger, exception);

    public void OnEnded()
    {
        if (CompressionFeature.IsSupported) Compression.Dispose();
    }

    /// <summary>The handshake of a connection is over, in whatever way.</summary>
    public void Remove(HttpSession session) => _handshakes.Remove(session);

    /// <summary>Takes back what served a handshake that is over.</summary>
    public void GiveBack(HttpSession session)
    {
        if (_spareHandshakes.Count < MaxSpareHandshakes) _spareHandshakes.Push(session);
    }

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

    /// <summary>Ends the services of a connection; a server that stops waits for it.</summary>
    public async void End(ConnectionServices services)
    {
        CountPendingHandler();
        try
        {
            await services.EndAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.DisposeFailed(Server.Logger, exception);
        }

        UncountPendingHandler();
    }

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
    /// <returns>To how many.</returns>
    public int Deliver(string? topic, SharedFrame frame)
    {
        if (topic is not null) return Topics.Deliver(topic, frame);
        lock (_sessionsLock)
        {
            foreach (Session session in _sessions) session.SendPublished(frame);
            return _sessions.Count;
        }
    }

    private bool ReleasePublishers()
    {
        if (Server.Backlog.IsHigh) return false;
        Session[] released = [.. _waitingPublishers];
        _waitingPublishers.Clear();
        foreach (Session session in released) session.OnDelivered();
        return true;
    }

    private long ReadTimeMs() => (long)(_timeProvider.GetTimestamp() * (1000.0 / _timeProvider.TimestampFrequency));

    private sealed class DeliverCall(ServerLoop loop, string? topic, SharedFrame frame) : LoopCall
    {
        public override void Run()
        {
            loop.Server.Backlog.Remove(frame.BacklogBytes);
            loop._postedDeliveries += loop.Deliver(topic, frame);
            // Whatever else was posted comes after it all the same, and stays in order.
            if (loop._postedDeliveries >= TurnBudget.MaxDeliveries) loop._transport.DeferPosted();
        }
    }
}
