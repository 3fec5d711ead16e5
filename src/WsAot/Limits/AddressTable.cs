using System.Numerics;
using System.Runtime.CompilerServices;

namespace WsAot.Limits;

/// <summary>
/// Addresses that have open connections or asked for an upgrade a short while ago: a hash table whose entries lie in one array without
/// gaps. An address without connections is forgotten once all its tokens have come back, because a new entry would be the same.
/// </summary>
/// <remarks>
/// The number of addresses without connections is bounded. At the bound, one of a few that are compared makes room: the one with the most
/// tokens. Counts are then no longer exact, but only an attacker who owns that many networks gets there, and the memory stays bounded. Not
/// thread-safe.
/// </remarks>
internal sealed class AddressTable(ulong seed, int maxWaiting)
{
    private const int LeastCapacity = 16;

    /// <summary>
    /// Each new entry checks this many others and forgets those that are not needed, so that such entries do not pile up.
    /// </summary>
    private const int LooksPerEntry = 2;

    /// <summary>How many entries are compared to find the one with the most tokens.</summary>
    private const int Candidates = 8;

    private int[] _heads = [];
    private AddressEntry[] _entries = [];
    private int _waiting;           // entries without connections
    private int _cursor;

    public int Count { get; private set; }

    /// <summary>The size of its arrays in bytes.</summary>
    public int Bytes => (_heads.Length * sizeof(int)) + (_entries.Length * Unsafe.SizeOf<AddressEntry>());

    /// <summary>The entry of an address, added if there is none. Valid until the next call of any member.</summary>
    public ref AddressEntry GetOrAdd(ulong address, Rate rate, long nowMs)
    {
        int index = Find(address);
        if (index >= 0) return ref _entries[index];
        for (int i = 0; i < LooksPerEntry && Count > 0; i++) ForgetIfIdle(NextIndex(), rate, nowMs);
        if (_waiting >= maxWaiting) MakeRoom(rate, nowMs);
        if (Count == _entries.Length) Resize(Math.Max(LeastCapacity, 2 * Count));
        index = Count++;
        _waiting++;
        ref int head = ref HeadOf(address);
        _entries[index] = new AddressEntry { Address = address, Next = head, Upgrades = new TokenBucket(rate, nowMs) };
        head = index;
        return ref _entries[index];
    }

    /// <summary>A connection of an address has opened.</summary>
    public void OnOpened(ref AddressEntry entry)
    {
        if (entry.Connections++ == 0) _waiting--;
    }

    /// <summary>A connection of an address has ended.</summary>
    public void OnClosed(ulong address, Rate rate, long nowMs)
    {
        int index = Find(address);
        if (--_entries[index].Connections > 0) return;
        _waiting++;
        ForgetIfIdle(index, rate, nowMs);
    }

    private int Find(ulong address)
    {
        if (_heads.Length == 0) return -1;
        int index = HeadOf(address);
        while (index >= 0 && _entries[index].Address != address) index = _entries[index].Next;
        return index;
    }

    private void ForgetIfIdle(int index, Rate rate, long nowMs)
    {
        ref AddressEntry entry = ref _entries[index];
        if (entry.Connections > 0) return;
        if (rate.IsLimited)
        {
            entry.Upgrades.Refill(rate, nowMs);
            if (!entry.Upgrades.IsFull(rate)) return;
        }

        Remove(index);
    }

    private void MakeRoom(Rate rate, long nowMs)
    {
        int best = -1;
        for (int i = 0; i < Candidates || best < 0; i++)
        {
            int index = NextIndex();
            ref AddressEntry entry = ref _entries[index];
            if (entry.Connections > 0) continue;
            if (rate.IsLimited) entry.Upgrades.Refill(rate, nowMs);
            if (best < 0 || entry.Upgrades.Tokens > _entries[best].Upgrades.Tokens) best = index;
        }

        Remove(best);
    }

    private int NextIndex()
    {
        if (_cursor >= Count) _cursor = 0;
        return _cursor++;
    }

    private void Remove(int index)
    {
        Unlink(index);
        _waiting--;
        int last = --Count;
        if (index != last)
        {
            // The last entry moves into the gap.
            ref int link = ref LinkTo(last);
            link = index;
            _entries[index] = _entries[last];
        }

        if (_entries.Length > LeastCapacity && Count < _entries.Length / 4) Resize(_entries.Length / 2);
    }

    private void Unlink(int index) => LinkTo(index) = _entries[index].Next;

    private ref int LinkTo(int index)
    {
        ref int link = ref HeadOf(_entries[index].Address);
        while (link != index) link = ref _entries[link].Next;
        return ref link;
    }

    // Multiplied by an odd number that clients do not know, so that they cannot choose addresses of one chain. The upper bits mix best.
    private ref int HeadOf(ulong address) =>
        ref _heads[(int)((address * (seed | 1)) >> (64 - BitOperations.Log2((uint)_heads.Length)))];

    private void Resize(int capacity)
    {
        Array.Resize(ref _entries, capacity);
        // A power of two, because the capacity is one.
        _heads = new int[capacity];
        Array.Fill(_heads, -1);
        for (int i = 0; i < Count; i++)
        {
            ref int head = ref HeadOf(_entries[i].Address);
            _entries[i].Next = head;
            head = i;
        }
    }
}
