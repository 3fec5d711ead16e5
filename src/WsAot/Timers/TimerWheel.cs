using System.Numerics;

namespace WsAot.Timers;

/// <summary>
/// The deadlines of one loop. Setting, moving and cancelling one is O(1) and allocates nothing; time passes in ticks of
/// <see cref="TickMs"/>. A deadline is never early, and at most one tick late, unless a crowd is due at once (<see cref="MaxPerCall"/>).
/// Deadlines beyond one turn stay in their slot until their turn comes. Time is a number that the caller gives.
/// </summary>
internal sealed class TimerWheel
{
    public const int TickMs = 64;

    /// <summary>
    /// How many <see cref="Advance"/> looks at in a call: connections that came together are due together, each for a ping and so for a
    /// system call, and those who have something to say are not to wait for all of them. As many as epoll's events in a batch.
    /// </summary>
    public const int MaxPerCall = 256;

    /// <summary>A turn of 65 s: the default timeouts fit into it, so that nobody is looked at before the time.</summary>
    private const int SlotCount = 1024;

    private readonly TimerNode?[] _slots = new TimerNode?[SlotCount];
    private readonly ulong[] _occupied = new ulong[SlotCount / 64];
    private long _tick;

    /// <summary>Who is looked at next in the slot of <see cref="_tick"/>; null: nobody is left there.</summary>
    private TimerNode? _next;

    public TimerWheel(long nowMs) => _tick = nowMs / TickMs;

    /// <summary>Sets the deadline of something that may already have one.</summary>
    public void Schedule(TimerNode timed, long dueMs)
    {
        Cancel(timed);
        timed.DueMs = dueMs;
        // Rounded up: a tick that has passed is not looked at again.
        long tick = Math.Max((dueMs + TickMs - 1) / TickMs, _tick + 1);
        Insert(timed, (int)(tick % SlotCount));
    }

    public void Cancel(TimerNode timed)
    {
        if (timed.SlotNumber == 0) return;
        int slot = timed.SlotNumber - 1;
        if (ReferenceEquals(timed, _next)) _next = timed.Next;
        if (timed.Previous is { } previous) previous.Next = timed.Next;
        else _slots[slot] = timed.Next;
        if (timed.Next is { } next) next.Previous = timed.Previous;
        (timed.Next, timed.Previous, timed.SlotNumber) = (null, null, 0);
        if (_slots[slot] is null) _occupied[slot / 64] &= ~(1UL << (slot % 64));
    }

    /// <summary>Calls those whose deadline has passed; of more than <see cref="MaxPerCall"/>, the rest with the next calls.</summary>
    public void Advance(long nowMs)
    {
        long last = nowMs / TickMs;
        int left = MaxPerCall;
        while (true)
        {
            while (_next is { } timed)
            {
                if (left-- == 0) return;
                // Before the call, which may cancel any of them. What it sets goes to the front of a slot, and so is not met again here.
                _next = timed.Next;
                if (timed.DueMs > nowMs) continue;
                Cancel(timed);
                timed.OnDue(nowMs);
            }

            if (_tick >= last) return;
            // After a long sleep every slot is looked at once, not once for each turn that was slept through.
            _tick = Math.Max(_tick + 1, last - SlotCount + 1);
            _next = _slots[_tick % SlotCount];
        }
    }

    /// <summary>In how many milliseconds <see cref="Advance"/> has something to look at; -1: never, as things are.</summary>
    public int NextInMs(long nowMs)
    {
        if (_next is not null) return 0;
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

    private void Insert(TimerNode timed, int slot)
    {
        timed.SlotNumber = slot + 1;
        timed.Next = _slots[slot];
        if (timed.Next is { } next) next.Previous = timed;
        _slots[slot] = timed;
        _occupied[slot / 64] |= 1UL << (slot % 64);
    }
}
