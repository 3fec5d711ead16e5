namespace WsAot.Transport.Epoll;

/// <summary>
/// Finds the owner of a descriptor by the number that epoll returns with an event: the index of its slot in this table, and the slot's
/// generation. When a slot is freed its generation changes, so that a late event for the former owner finds no owner.
/// </summary>
internal sealed class SlotTable
{
    // The table grows by one block at a time: doubling an array would leave garbage as large as the table.
    private const int BlockBits = 10;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<Slot[]> _blocks = [];
    private int _firstFree = -1;
    private int _count;

    /// <summary>Takes a slot.</summary>
    /// <returns>Its index.</returns>
    public int Take(IEpollSource source)
    {
        int index = _firstFree;
        if (index < 0)
        {
            index = _count++;
            if (index >> BlockBits == _blocks.Count) _blocks.Add(new Slot[BlockSize]);
        }
        else
        {
            _firstFree = At(index).NextFree;
        }

        At(index).Source = source;
        return index;
    }

    /// <summary>The number with which epoll reports the owner's events. It is the same until the slot is freed.</summary>
    public ulong KeyOf(int index) => ((ulong)At(index).Generation << 32) | (uint)index;

    /// <summary>The owner of the slot; null if the slot was freed since the key was given out.</summary>
    public IEpollSource? Find(ulong key)
    {
        ref Slot slot = ref At((int)(uint)key);
        return slot.Generation == (uint)(key >> 32) ? slot.Source : null;
    }

    public void Free(int index)
    {
        ref Slot slot = ref At(index);
        slot.Source = null;
        slot.Generation++;
        slot.NextFree = _firstFree;
        _firstFree = index;
    }

    /// <summary>All owners of slots. No slot may be taken or freed meanwhile.</summary>
    public IEnumerable<IEpollSource> All()
    {
        for (int i = 0; i < _count; i++)
        {
            if (At(i).Source is { } source) yield return source;
        }
    }

    private ref Slot At(int index) => ref _blocks[index >> BlockBits][index & (BlockSize - 1)];

    private struct Slot
    {
        public IEpollSource? Source;
        public uint Generation;
        public int NextFree;
    }
}
