using System.Numerics;

namespace WsAot.Timers;

/// <summary>
/// The deadlines of one loop. Setting, moving and cancelling one is O(1) and allocates nothing; time passes in ticks of
/// <see cref="TickMs"/>, a deadline is never early and at most one tick late. Deadlines beyond one turn stay in their slot until
/// their turn comes. Time is a number that the caller gives.
/// </summary>
internal sealed class TimerWheel
{
    public const int TickMs = 64;

    /// <summary>A turn of 65 s: the default timeouts fit into it, so that nobody is looked at before the time.</summary>
    private const int SlotCount = 1024;

    /// <summary>Where the entries of a slot are while it is being looked at, so that a callback can cancel any of them.</summary>
    private const int LookedAt = SlotCount;

    private readonly Timed?[] _slots = new Timed?[SlotCount + 1];
    private readonly ulong[] _occupied = new ulong[SlotCount / 64];
    private long _tick;

    public TimerWheel(long nowMs) => _tick = nowMs / TickMs;

    /// <summary>Sets the deadline of something that may already have one.</summary>
    public void Schedule(Timed timed, long dueMs)
    {
        Cancel(timed);
        timed.DueMs = dueMs;
        // Rounded up: a tick that has passed is not looked at again.
        long tick = Math.Max((dueMs + TickMs - 1) / TickMs, _tick + 1);
        Insert(timed, (int)(tick % SlotCount));
    }

    public void Cancel(Timed timed)
    {
        if (timed.SlotNumber == 0) return;
        int slot = timed.SlotNumber - 1;
        if (timed.Previous is { } previous) previous.Next = timed.Next;
        else _slots[slot] = timed.Next;
        if (timed.Next is { } next) next.Previous = timed.Previous;
        (timed.Next, timed.Previous, timed.SlotNumber) = (null, null, 0);
        if (_slots[slot] is null && slot != LookedAt) _occupied[slot / 64] &= ~(1UL << (slot % 64));
    }

    /// <summary>Calls all whose deadline has passed.</summary>
    public void Advance(long nowMs)
    {
        long last = nowMs / TickMs;
        // After a long sleep every slot is looked at once, not once for each turn that was slept through.
        if (last - _tick > SlotCount) _tick = last - SlotCount;
        while (_tick < last)
        {
            _tick++;
            LookAt((int)(_tick % SlotCount), nowMs);
        }
    }

    /// <summary>In how many milliseconds <see cref="Advance"/> has something to look at; -1: never, as things are.</summary>
    public int NextInMs(long nowMs)
    {
        int start = (int)((_tick + 1) % SlotCount);
        for (int i = 0; i <= _occupied.Length; i++)
        {
            int word = ((start / 64) + i) % _occupied.Length;
            ulong bits = _occupied[word];
            // The word of the start is seen twice: first its slots from there on, at the end those before.
            if (i == 0) bits &= ulong.MaxValue << (start % 64);
            else if (i == _occupied.Length) bits &= ~(ulong.MaxValue << (start % 64));
            if (bits == 0) continue;
            int slot = (word * 64) + BitOperations.TrailingZeroCount(bits);
            long ticks = ((slot - start + SlotCount) % SlotCount) + 1;
            return (int)Math.Max(0, ((_tick + ticks) * TickMs) - nowMs);
        }

        return -1;
    }

    private void LookAt(int slot, long nowMs)
    {
        if (_slots[slot] is null) return;
        (_slots[LookedAt], _slots[slot]) = (_slots[slot], null);
        _occupied[slot / 64] &= ~(1UL << (slot % 64));
        for (Timed? timed = _slots[LookedAt]; timed is not null; timed = timed.Next) timed.SlotNumber = LookedAt + 1;

        while (_slots[LookedAt] is { } timed)
        {
            Cancel(timed);
            if (timed.DueMs <= nowMs) timed.OnDue(nowMs);
            else Insert(timed, slot);
        }
    }

    private void Insert(Timed timed, int slot)
    {
        timed.SlotNumber = slot + 1;
        timed.Previous = null;
        timed.Next = _slots[slot];
        if (timed.Next is { } next) next.Previous = timed;
        _slots[slot] = timed;
        _occupied[slot / 64] |= 1UL << (slot % 64);
    }
}
