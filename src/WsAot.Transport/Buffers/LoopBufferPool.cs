using System.Buffers;
using System.Diagnostics;
using System.Numerics;

namespace WsAot.Transport.Buffers;

/// <summary>
/// The buffers of one loop. They are used on that loop only, so there is no lock. A returned buffer is kept for reuse, without a limit,
/// until <see cref="Trim"/> finds that it was not needed: a busy loop keeps the buffers that it works with, an idle loop keeps none.
/// </summary>
/// <param name="isOnLoop">
/// Whether the caller runs on the loop that owns the pool; debug builds check this on every call. Null: no check.
/// </param>
public sealed class LoopBufferPool(Func<bool>? isOnLoop = null) : ArrayPool<byte>
{
    /// <summary>The smallest buffer: 256 bytes. Smaller ones are not needed often enough to be worth a list.</summary>
    private const int MinBytesLog2 = 8;

    /// <summary>The largest buffer that is kept: 1 GiB, the largest power of two that an array can have.</summary>
    private const int MaxBytesLog2 = 30;

    private readonly FreeList[] _lists = new FreeList[MaxBytesLog2 - MinBytesLog2 + 1];

    /// <summary>The number of buffers that are kept for reuse.</summary>
    public int KeptCount { get; private set; }

    /// <summary>The bytes of the buffers that are kept for reuse. Any thread, as an estimate.</summary>
    public long KeptBytes
    {
        get
        {
            long bytes = 0;
            for (int i = 0; i < _lists.Length; i++) bytes += (long)_lists[i].Count << (i + MinBytesLog2);
            return bytes;
        }
    }

    /// <inheritdoc/>
    /// <param name="minimumLength">
    /// Rounded up to a power of two, at least 256. A buffer of more than 1 GiB has exactly this length, and is not kept when it is
    /// returned.
    /// </param>
    public override byte[] Rent(int minimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLength);
        AssertOnLoop();
        int index = IndexOf(minimumLength);
        if (index >= _lists.Length) return GC.AllocateUninitializedArray<byte>(minimumLength);
        ref FreeList list = ref _lists[index];
        if (list.Count == 0) return GC.AllocateUninitializedArray<byte>(1 << (index + MinBytesLog2));
        KeptCount--;
        return list.Pop();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The array is not from this pool: none of its arrays has that length.</exception>
    public override void Return(byte[] array, bool clearArray = false)
    {
        AssertOnLoop();
        int index = IndexOf(array.Length);
        if (index >= _lists.Length) return;
        int length = 1 << (index + MinBytesLog2);
        if (array.Length != length) throw new ArgumentException("The array was not rented from this pool.", nameof(array));
        if (clearArray) Array.Clear(array);
        _lists[index].Push(array);
        KeptCount++;
    }

    /// <summary>Drops, for each size, as many buffers as were free the whole time since the last call.</summary>
    /// <returns>The bytes that the garbage collector may free.</returns>
    public long Trim()
    {
        AssertOnLoop();
        long bytes = 0;
        for (int i = 0; i < _lists.Length; i++)
        {
            int dropped = _lists[i].DropUnused();
            KeptCount -= dropped;
            bytes += (long)dropped << (i + MinBytesLog2);
        }

        return bytes;
    }

    /// <summary>
    /// The index of the list whose buffers hold this length; past the end of the lists if buffers of this size are not kept.
    /// </summary>
    private static int IndexOf(int length) => BitOperations.Log2((uint)Math.Max(length, 1 << MinBytesLog2) - 1) + 1 - MinBytesLog2;

    [Conditional("DEBUG")]
    private void AssertOnLoop() =>
        Debug.Assert(isOnLoop is null || isOnLoop(), "A loop's buffers are rented and returned on that loop only.");

    /// <summary>The free buffers of one size, the one used last on top.</summary>
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
                // Drop those at the bottom: the ones used last are still in the processor's cache.
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
