using WsAot.Connections;
using WsAot.Loops;

namespace WsAot.Server;

/// <summary>
/// The drain of one loop: closes as many of its connections as were allowed. What does not fit into a turn is left to the next batch, so
/// that connections that are still open are served meanwhile. Used on the loop, unless a member says otherwise.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="close">The code and reason for the clients.</param>
/// <param name="graceMs">How long calls may still run after it is their connection's turn to be closed.</param>
internal sealed class LoopDrain(ServerLoop loop, StopClose close, int graceMs) : LoopWorkItem
{
    private readonly List<Session> _sessions = [];
    private readonly Queue<Waiting> _waiting = [];
    private bool _hasBegun;
    private bool _isContinued;
    private int _next;
    private long _allowed;
    private int _cutOff;

    /// <summary>The number of connections before the drain. Any thread.</summary>
    public int FirstCount { get; } = loop.State.Sessions.Count;

    /// <summary>The number of connections that were closed while their calls were still running. Any thread.</summary>
    public int CutOff => Volatile.Read(ref _cutOff);

    /// <summary>The number of connections of the loop. Any thread.</summary>
    public int ConnectionCount => loop.State.Sessions.Count;

    /// <summary>Allows the loop to close more connections, and makes it check those that wait for calls. Any thread.</summary>
    public void Step(long more)
    {
        Interlocked.Add(ref _allowed, more);
        loop.State.Post(this);
    }

    public override void Run()
    {
        LoopTurn turn = loop.State.Turn;
        LoopTurn.Interrupted interrupted = turn.BeginPosted(null);
        if (!_hasBegun) Begin();
        bool isDone = CloseAllowed(turn) && CutOffCalls(turn) && loop.Handshakes.Drain(turn);
        if (turn.EndPosted(interrupted)) loop.State.DeferPosted();
        if (isDone || _isContinued) return;
        _isContinued = true;
        loop.State.Post(new Continuation(this));
    }

    private void Begin()
    {
        _hasBegun = true;
        // The loop accepts no more connections. One that opens from now on is closed at once.
        loop.State.Stop = close;
        loop.State.Sessions.CopyTo(_sessions);
    }

    private bool CloseAllowed(LoopTurn turn)
    {
        long end = Math.Min(_sessions.Count, Interlocked.Read(ref _allowed));
        while (_next < end)
        {
            if (turn.IsSpent) return false;
            Session session = _sessions[_next++];
            if (!session.CloseWhenDone(close)) _waiting.Enqueue(new Waiting(session, loop.State.NowMs + graceMs));
            turn.Charge(TurnCosts.Close);
        }

        return true;
    }

    private bool CutOffCalls(LoopTurn turn)
    {
        while (_waiting.TryPeek(out Waiting? first) && first.DueMs <= loop.State.NowMs)
        {
            if (turn.IsSpent) return false;
            _waiting.Dequeue();
            if (!first.Session.CloseForStop(close)) continue;
            Volatile.Write(ref _cutOff, _cutOff + 1);
            turn.Charge(TurnCosts.Close);
        }

        return true;
    }

    /// <summary>A connection whose calls may run until a deadline.</summary>
    private sealed class Waiting(Session session, long dueMs)
    {
        public Session Session => session;

        public long DueMs => dueMs;
    }

    private sealed class Continuation(LoopDrain drain) : LoopWorkItem
    {
        public override void Run()
        {
            drain._isContinued = false;
            drain.Run();
        }
    }
}
