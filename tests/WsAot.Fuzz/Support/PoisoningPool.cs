using System.Buffers;

namespace WsAot.Fuzz.Support;

/// <summary>
/// A pool that hands out every array once, filled with rubbish, so that what reads or writes memory that is not its own any more cannot
/// stay unseen; and that counts.
/// </summary>
internal sealed class PoisoningPool : ArrayPool<byte>
{
    private const byte Rented = 0xCD;
    private const byte Returned = 0xDD;

    // The last ones are looked at for writes after the return; all of them would be too many.
    private const int Watched = 32;

    private readonly HashSet<byte[]> _outstanding = [];    // arrays compare by reference
    private readonly Queue<byte[]> _returned = new();
    private string? _problem;

    public int Outstanding => _outstanding.Count;

    /// <summary>The largest length that was asked for.</summary>
    public int LargestRent { get; private set; }

    /// <summary>What was done to the pool that must not be; null: nothing.</summary>
    public string? FindProblem()
    {
        while (_returned.TryDequeue(out byte[]? array)) Look(array);
        return _problem;
    }

    public override byte[] Rent(int minimumLength)
    {
        LargestRent = Math.Max(LargestRent, minimumLength);
        // A little longer than asked for, as other pools do.
        byte[] array = new byte[minimumLength + (minimumLength & 7)];
        Array.Fill(array, Rented);
        _outstanding.Add(array);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        if (!_outstanding.Remove(array))
        {
            _problem ??= $"An array of {array.Length} bytes was returned that is not rented.";
            return;
        }

        Array.Fill(array, Returned);
        _returned.Enqueue(array);
        if (_returned.Count > Watched) Look(_returned.Dequeue());
    }

    private void Look(byte[] array)
    {
        if (array.AsSpan().ContainsAnyExcept(Returned)) _problem ??= $"An array of {array.Length} bytes was written to after its return.";
    }
}
