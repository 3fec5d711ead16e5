using System.Runtime.CompilerServices;

namespace WsAot.Transport;

/// <summary>
/// How much work a portion may do before others get theirs: a number of units, and a time. A unit is roughly the delivery of a small
/// message. The clock is read only after some units were charged, so a small portion never reads it.
/// </summary>
public struct WorkBudget
{
    /// <summary>The units after which the clock is read for the second time.</summary>
    private const int SecondStepUnits = 512;

    private int _unseen;        // units left until the clock is read
    private int _beyond;        // units left after that
    private int _step;          // units between the last reading and the next
    private long _seenAt;       // -1: not read yet
    private long _endsAt;

    /// <summary>Begins a portion.</summary>
    /// <param name="clock">The loop's clock.</param>
    /// <param name="units">The units that the portion may cost: 1 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WorkBudget(WorkClock clock, int units)
    {
        _step = Math.Min(clock.UnseenUnits, units);
        _unseen = _step;
        _beyond = units - _step;
        _seenAt = -1;
        _endsAt = 0;
    }

    /// <summary>Counts work that was done. The work may exceed the budget; the portion is then over.</summary>
    public void Charge(int units) => _unseen -= units;

    /// <summary>Whether the portion is over. Once it is, it stays so. The first work of a portion is always allowed.</summary>
    /// <param name="clock">The clock that it began with.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSpent(WorkClock clock) => _unseen <= 0 && !TryGoOn(clock);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGoOn(WorkClock clock)
    {
        int left = _beyond + _unseen;
        if (left <= 0) return false;
        long now = clock.Now;
        int step = clock.UnseenUnits;
        if (_seenAt < 0)
        {
            // How long the work so far has taken is not known, so read the clock again soon.
            _endsAt = now + clock.PortionTicks;
            step = Math.Min(step, SecondStepUnits);
        }
        else
        {
            clock.Learn(_step - _unseen, now - _seenAt);
            step = clock.UnseenUnits;
        }

        _seenAt = now;
        if (now >= _endsAt)
        {
            _beyond = 0;
            return false;
        }

        _step = Math.Min(step, left);
        _unseen = _step;
        _beyond = left - _step;
        return true;
    }
}
