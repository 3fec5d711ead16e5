using System.Buffers;

namespace WsAot.Tests.Harness;

/// <summary>Knows what is out, and overwrites what comes back: use after return shows in the bytes, a second return fails.</summary>
public sealed class PoisoningPool : ArrayPool<byte>
{
    private readonly HashSet<byte[]> _lent = new(ReferenceEqualityComparer.Instance);

    public int LentCount => _lent.Count;

    /// <summary>Bytes that are out.</summary>
    public long LentBytes { get; private set; }

    /// <summary>The most bytes that were out at a time, since it was last set.</summary>
    public long PeakBytes { get; set; }

    public int RentCalls { get; private set; }

    /// <summary>What was done to the pool that may not be: handlers' exceptions are logged, so it is kept here too.</summary>
    public bool WasMisused { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        RentCalls++;
        byte[] array = new byte[Math.Max(1, minimumLength)];
        Array.Fill(array, (byte)0xCD);
        _lent.Add(array);
        LentBytes += array.Length;
        PeakBytes = Math.Max(PeakBytes, LentBytes);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        if (_lent.Remove(array)) LentBytes -= array.Length;
        else WasMisused = true;
        Array.Fill(array, (byte)0xDD);
    }
}
