using WsAot.Connections;
using WsAot.Loops;

namespace WsAot.Server;

/// <summary>
/// The drain of one loop: closes as many of its connections as were allowed. What does not fit into a turn is left to the next batch, so
/// that the connections which are still open are served meanwhile. Its members are for the loop, unless they say otherwise.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="close">What its clients are told.</param>
/// <param name="graceMs">How long calls may still run when the turn of their connection has come.</param>
internal sealed class LoopDrain(ServerLoop loop, StopClose close, int graceMs) : LoopWorkItem
{
    private readonly List<Session> _sessions = [];
    private readonly Queue<Waiting> _waiting = [];
    private bool _hasBegun;
    private bool _isContinued;
    private int _next;
    private long _allowed;
    private int _cutOff;

    /// <summary>The connections that there were before the drain. Any thread.</summary>
    public int FirstCount { get; } = loop.State.Sessions.Count;

    /// <summary>The connections whose calls were still running at the end of their time. Any thread.</summary>
    public int CutOff => Volatile.Read(ref _cutOff);

    /// <summary>The connections of the loop. Any thread.</summary>
    public int ConnectionCount => loop.State.Sessions.Count;

    /// <summary>Allows to close some more connections, and looks at those that wait. Any thread.</summary>
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
        // Nobody is accepted any more, and who opens from now on is closed at once.
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

    /// <summary>A connection whose calls may run until then.</summary>
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
