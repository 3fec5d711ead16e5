using System.Buffers;
using System.Diagnostics;
using System.Numerics;

namespace WsAot.Transport.Buffers;

/// <summary>
/// The buffers of one loop, used on that loop only and therefore without a lock. What comes back is kept for the next who asks, without a
/// limit, until <see cref="Trim"/> finds that it was not asked for: a busy loop keeps the set that it works with, an idle one nothing.
/// </summary>
/// <param name="loop">The loop that it belongs to; debug builds look whether it is used on another thread.</param>
public sealed class LoopBufferPool(TransportLoop? loop = null) : ArrayPool<byte>
{
    /// <summary>The smallest buffer: 256 bytes. Nothing smaller is asked for often enough to be worth a list.</summary>
    private const int MinBytesLog2 = 8;

    /// <summary>The largest buffer that is kept: 1 GiB. Beyond that there is no power of two that an array can have.</summary>
    private const int MaxBytesLog2 = 30;

    private readonly FreeList[] _lists = new FreeList[MaxBytesLog2 - MinBytesLog2 + 1];

    /// <summary>Buffers that are kept, in number.</summary>
    public int KeptCount { get; private set; }

    /// <inheritdoc/>
    /// <param name="minimumLength">Rounded up to a power of two, 256 at least. What is beyond 1 GiB is made as it is asked for, and not kept.</param>
    public override byte[] Rent(int minimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLength);
        AssertIsOnLoop();
        int index = IndexOf(minimumLength);
        if (index >= _lists.Length) return GC.AllocateUninitializedArray<byte>(minimumLength);
        ref FreeList list = ref _lists[index];
        if (list.Count == 0) return GC.AllocateUninitializedArray<byte>(1 << (index + MinBytesLog2));
        KeptCount--;
        return list.Pop();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The array is not of a length that this pool gives out.</exception>
    public override void Return(byte[] array, bool clearArray = false)
    {
        AssertIsOnLoop();
        int index = IndexOf(array.Length);
        if (index >= _lists.Length) return;
        if (array.Length != 1 << (index + MinBytesLog2)) throw new ArgumentException("It was not rented here.", nameof(array));
        if (clearArray) Array.Clear(array);
        _lists[index].Push(array);
        KeptCount++;
    }

    /// <summary>Drops, of each size, as many as have been free all the time since the last call.</summary>
    /// <returns>The bytes dropped; they are the collector's now.</returns>
    public long Trim()
    {
        AssertIsOnLoop();
        long bytes = 0;
        for (int i = 0; i < _lists.Length; i++)
        {
            int dropped = _lists[i].DropUnused();
            KeptCount -= dropped;
            bytes += (long)dropped << (i + MinBytesLog2);
        }

        return bytes;
    }

    /// <summary>The list of the smallest power of two that is not less; beyond the lists where there is none.</summary>
    private static int IndexOf(int length) => BitOperations.Log2((uint)Math.Max(length, 1 << MinBytesLog2) - 1) + 1 - MinBytesLog2;

    [Conditional("DEBUG")]
    private void AssertIsOnLoop() => Debug.Assert(loop is null || loop.IsCurrent, "A loop's buffers are rented and returned on that loop only.");

    /// <summary>The free buffers of one size, the last used on top.</summary>
    private struct FreeList
    {
        private byte[][]? _arrays;
        private int _fewest;    // the least Count since the last DropUnused

        public int Count { get; private set; }

        public byte[] Pop()
        {
            byte[] array = _arrays![--Count];
            _arrays[Count] = null!;
            if (Count < _fewest) _fewest = Count;
            return array;
        }

        public void Push(byte[] array)
        {
            if (_arrays is null || Count == _arrays.Length) Array.Resize(ref _arrays, Math.Max(4, Count * 2));
            _arrays[Count++] = array;
        }

        public int DropUnused()
        {
            int dropped = _fewest;
            if (dropped > 0)
            {
                // Those at the bottom: what was used last is still in the processor's cache.
                Array.Copy(_arrays!, dropped, _arrays!, 0, Count - dropped);
                Array.Clear(_arrays!, Count - dropped, dropped);
                Count -= dropped;
                if (Count == 0) _arrays = null;
            }

            _fewest = Count;
            return dropped;
        }
    }
}
