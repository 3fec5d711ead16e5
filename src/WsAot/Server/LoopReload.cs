using WsAot.Connections;
using WsAot.Loops;

namespace WsAot.Server;

/// <summary>
/// Applies new options to one loop. The settings of its routes change at once, then the deadlines of its open connections, as many per turn
/// as fit. On the loop.
/// </summary>
internal sealed class LoopReload(ServerLoop loop) : LoopWorkItem
{
    private readonly List<Session> _sessions = [];
    private bool _hasBegun;
    private int _next;

    public override void Run()
    {
        LoopTurn turn = loop.State.Turn;
        LoopTurn.Interrupted interrupted = turn.BeginPosted(null);
        if (!_hasBegun)
        {
            _hasBegun = true;
            loop.Handshakes.ApplyOptions();
            loop.State.Sessions.CopyTo(_sessions);
        }

        while (_next < _sessions.Count && !turn.IsSpent)
        {
            _sessions[_next++].OnOptionsChanged();
            turn.Charge(TurnCosts.Message);
        }

        if (turn.EndPosted(interrupted)) loop.State.DeferPosted();
        if (_next < _sessions.Count) loop.State.Post(this);
    }
}
