using System.Buffers;

namespace WsAot.Transport.Tests.Driving;

/// <summary>
/// A pool that counts the buffers that are rented. It overwrites a buffer that is returned, so that a test sees if the kernel still reads
/// it or something still uses it.
/// </summary>
public sealed class CountingPool : ArrayPool<byte>
{
    private const byte Poison = 0xDD;

    private readonly HashSet<byte[]> _rented = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _lock = new();

    public int RentedCount
    {
        get
        {
            lock (_lock) return _rented.Count;
        }
    }

    public int TotalRented { get; private set; }

    public bool HasFailed { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        var array = new byte[minimumLength];
        Array.Fill(array, Poison);
        lock (_lock)
        {
            TotalRented++;
            _rented.Add(array);
        }

        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Array.Fill(array, Poison);
        lock (_lock) HasFailed |= !_rented.Remove(array);
    }
}
