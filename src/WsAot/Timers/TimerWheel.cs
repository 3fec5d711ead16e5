using System.Diagnostics;
using System.Numerics;

namespace WsAot.Timers;

/// <summary>
/// The deadlines of one loop. Setting, moving or cancelling one is O(1) and allocates nothing. Time passes in ticks of <see
/// cref="TickMs"/>. A deadline is never early, and at most one tick late unless many are due at once (<see cref="MaxPerCall"/>). A deadline
/// beyond one turn of the wheel stays in its slot until its turn comes. The caller passes the time as a number.
/// </summary>
internal sealed class TimerWheel
{
    public const int TickMs = 64;

    /// <summary>
    /// How many nodes <see cref="Advance"/> checks per call. Connections that opened together are due together, and each ping is a system
    /// call; connections with messages must not wait for all of them. Equal to epoll's events per batch.
    /// </summary>
    public const int MaxPerCall = 256;

    /// <summary>A deadline counts as late after this time. A punctual one runs in the next tick.</summary>
    private const int LateMs = 100;

    /// <summary>One turn of the wheel is 65 s. The default timeouts fit, so no node is checked before it is due.</summary>
    private const int SlotCount = 1024;

    private readonly TimerNode?[] _slots = new TimerNode?[SlotCount];
    private readonly ulong[] _occupied = new ulong[SlotCount / 64];
    private long _tick;

    /// <summary>The next node to check in the slot of <see cref="_tick"/>; null if none is left there.</summary>
    private TimerNode? _next;

    public TimerWheel(long nowMs) => _tick = nowMs / TickMs;

    /// <summary>The number of deadlines that came more than 100 ms late. Any thread.</summary>
    public long LateCount { get; private set; }

    /// <summary>Sets or moves the deadline of a node.</summary>
    public void Schedule(TimerNode node, long dueMs)
    {
        Cancel(node);
        node.DueMs = (uint)dueMs;
        // Rounded up to the next tick, because a tick that has passed is not checked again.
        long tick = Math.Max((dueMs + TickMs - 1) / TickMs, _tick + 1);
        Insert(node, (int)(tick % SlotCount));
    }

    public void Cancel(TimerNode node)
    {
        if (node.SlotNumber == 0) return;
        int slot = node.SlotNumber - 1;
        if (ReferenceEquals(node, _next)) _next = node.Next;
        if (node.Previous is { } previous) previous.Next = node.Next;
        else _slots[slot] = node.Next;
        if (node.Next is { } next) next.Previous = node.Previous;
        (node.Next, node.Previous, node.SlotNumber) = (null, null, 0);
        if (_slots[slot] is null) _occupied[slot / 64] &= ~(1UL << (slot % 64));
    }

    /// <summary>
    /// Calls the nodes whose deadline has passed. If there are more than <see cref="MaxPerCall"/>, the rest follow with the next calls.
    /// </summary>
    public void Advance(long nowMs)
    {
        long last = nowMs / TickMs;
        int left = MaxPerCall;
        while (true)
        {
            while (_next is { } node)
            {
                if (left-- == 0) return;
                // Move on before the call, which may cancel any node. A deadline that the call sets goes to the front of a slot, so this
                // pass does not meet it.
                _next = node.Next;
                int lateMs = node.LateMs(nowMs);
                if (lateMs < 0) continue;
                if (lateMs > LateMs) LateCount++;
                Cancel(node);
                node.OnDue(nowMs);
            }

            if (_tick >= last) return;
            // After a long sleep each slot is checked once, not once for each turn of the wheel that was missed.
            _tick = Math.Max(_tick + 1, last - SlotCount + 1);
            _next = _slots[_tick % SlotCount];
        }
    }

    /// <summary>Milliseconds until <see cref="Advance"/> has a node to check; -1 if there is no deadline.</summary>
    public int NextInMs(long nowMs)
    {
        if (_next is not null) return 0;
        int start = (int)((_tick + 1) % SlotCount);
        for (int i = 0; i <= _occupied.Length; i++)
        {
            int word = ((start / 64) + i) % _occupied.Length;
            ulong bits = _occupied[word];
            // The first word is read twice: at first its slots from the start on, at the end the slots before.
            if (i == 0) bits &= ulong.MaxValue << (start % 64);
            else if (i == _occupied.Length) bits &= ~(ulong.MaxValue << (start % 64));
            if (bits == 0) continue;
            int slot = (word * 64) + BitOperations.TrailingZeroCount(bits);
            long ticks = ((slot - start + SlotCount) % SlotCount) + 1;
            return (int)Math.Max(0, ((_tick + ticks) * TickMs) - nowMs);
        }

        return -1;
    }

    private void Insert(TimerNode node, int slot)
    {
        Debug.Assert(node.SlotNumber == 0, "A node is in one slot at a time.");
        node.SlotNumber = slot + 1;
        node.Next = _slots[slot];
        if (node.Next is { } next) next.Previous = node;
        _slots[slot] = node;
        _occupied[slot / 64] |= 1UL << (slot % 64);
    }
}
