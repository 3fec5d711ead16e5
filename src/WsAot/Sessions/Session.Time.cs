using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Timers;

namespace WsAot.Sessions;

/// <summary>
/// How time passes: pings when the peer is silent, and deadlines. Input only notes the time; the deadline is set anew when it has come,
/// so that a message costs no work on the timer wheel.
/// </summary>
internal sealed partial class Session
{
    private long _lastSignOfLifeMs;
    private long _lastMessageMs;
    private Deadline _deadline;
    private bool _isPongDue;
    private bool _wasHeldUp;

    private enum Deadline : byte
    {
        Silence,
        Close,
    }

    internal override void OnDue(long nowMs)
    {
        // A peer whose input we do not take cannot show that it is alive, unless it is the peer that takes no output.
        bool isJudged = _isOutputBlocked || !_transport.IsReadingPaused;
        // The loop is late because a handler blocked it: the pong may have come meanwhile, and the next batch reads it.
        if (_isPongDue && !_wasHeldUp && _deadline == Deadline.Silence && nowMs - DueMs > 2 * TimerWheel.TickMs)
        {
            _wasHeldUp = true;
            SetDeadline(nowMs + TimerWheel.TickMs, Deadline.Silence);
            return;
        }

        if (_deadline == Deadline.Close || (_isPongDue && isJudged))
        {
            // No answer to the ping; or none to the close frame, or no FIN after it: section 7.1.1 lets the server end TCP.
            Abort();
            return;
        }

        if (_settings.IdleTimeoutMs > 0 && nowMs - _lastMessageMs >= _settings.IdleTimeoutMs && !_isHandlerPending && !HasPendingCalls)
        {
            Close(CloseCode.GoingAway, "idle for too long");
            return;
        }

        bool isSilent = _settings.PingIntervalMs > 0 && nowMs - _lastSignOfLifeMs >= _settings.PingIntervalMs;
        _isPongDue = isSilent && isJudged;
        _wasHeldUp = false;
        // Behind output that waits a ping would wait too; that some of it goes out is answer enough. One whose input is not taken gets
        // its ping without a deadline: if nobody is there any more, the kernel will say so.
        if (isSilent && !_isOutputBlocked) Write(Opcode.Ping, default);
        SetSilenceDeadline(nowMs);
    }

    private void NoteSignOfLife()
    {
        _lastSignOfLifeMs = _loop.NowMs;
        _isPongDue = false;
    }

    private void StartTimer()
    {
        NoteSignOfLife();
        _lastMessageMs = _lastSignOfLifeMs;
        SetSilenceDeadline(_lastSignOfLifeMs);
    }

    private void SetSilenceDeadline(long nowMs)
    {
        long dueMs = long.MaxValue;
        if (_isPongDue) dueMs = nowMs + _settings.PongTimeoutMs;
        else if (_settings.PingIntervalMs > 0) dueMs = NextAfter(nowMs, _lastSignOfLifeMs, _settings.PingIntervalMs);
        if (_settings.IdleTimeoutMs > 0) dueMs = Math.Min(dueMs, NextAfter(nowMs, _lastMessageMs, _settings.IdleTimeoutMs));
        if (dueMs != long.MaxValue) SetDeadline(dueMs, Deadline.Silence);
    }

    /// <summary>When an interval since an event is over; where it is over already and nothing came of it, in another interval.</summary>
    private static long NextAfter(long nowMs, long eventMs, int intervalMs) =>
        eventMs + intervalMs > nowMs ? eventMs + intervalMs : nowMs + intervalMs;

    private void SetDeadline(long dueMs, Deadline deadline)
    {
        if (State == WsState.Closed) return;
        _deadline = deadline;
        _loop.Timers.Schedule(this, dueMs);
    }
}
