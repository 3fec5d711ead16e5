using System.Buffers;
using System.Numerics;

namespace WsAot.TestKit.Buffers;

/// <summary>
/// A pool that hands out each array once, filled with 0xCD, and fills what comes back with 0xDD, so that memory which is used without
/// having been written, or after its return, shows in the bytes. It counts what is rented. A wrong return is thrown, and is remembered as
/// well, since a server catches what its handlers throw. Any thread may use it.
/// </summary>
/// <param name="length">How long the arrays are.</param>
public sealed class PoisoningPool(RentedLength length = RentedLength.Exact) : ArrayPool<byte>
{
    /// <summary>What a rented array is full of.</summary>
    public const byte FreshPoison = 0xCD;

    /// <summary>What a returned array is full of.</summary>
    public const byte ReturnedPoison = 0xDD;

    // The arrays that came back last are looked at for writes after their return. All of them would be too many.
    private const int MostWatched = 32;
    private const int MostWatchedBytes = 4 << 20;

    private readonly HashSet<byte[]> _lent = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<byte[]> _watched = new();
    private readonly Lock _lock = new();
    private int _watchedBytes;
    private string? _problem;

    /// <summary>Arrays that are rented and have not come back.</summary>
    public int LentCount
    {
        get
        {
            lock (_lock) return _lent.Count;
        }
    }

    /// <summary>Their bytes.</summary>
    public long LentBytes { get; private set; }

    /// <summary>The most bytes that were rented at a time, since it was last set.</summary>
    public long PeakBytes { get; set; }

    /// <summary>Whether the next arrays cannot be had: <see cref="Rent"/> throws.</summary>
    public bool IsExhausted { get; set; }

    /// <summary>How often an array was rented.</summary>
    public int RentCalls { get; private set; }

    /// <summary>The largest length that was asked for.</summary>
    public int LargestRent { get; private set; }

    /// <summary>
    /// The first thing that was done to the pool and must not be: an array that came back twice, was never rented, or was written to after
    /// its return. Null if there is none.
    /// </summary>
    public string? FindProblem()
    {
        lock (_lock)
        {
            while (_watched.TryDequeue(out byte[]? array)) Inspect(array);
            _watchedBytes = 0;
            return _problem;
        }
    }

    /// <summary>Nothing is rented any more, and nothing wrong was done.</summary>
    /// <exception cref="InvalidOperationException">Otherwise.</exception>
    public void VerifyAllReturned()
    {
        if (FindProblem() is { } problem) throw new InvalidOperationException(problem);
        if (LentCount > 0) throw new InvalidOperationException($"{LentCount} arrays were not returned.");
    }

    /// <exception cref="InsufficientMemoryException">The pool is <see cref="IsExhausted"/>.</exception>
    public override byte[] Rent(int minimumLength)
    {
        if (IsExhausted) throw new InsufficientMemoryException("The pool was told to have nothing left.");

        byte[] array = new byte[length switch
        {
            RentedLength.PowerOfTwo => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, minimumLength)),
            RentedLength.OddlyLonger => minimumLength + (minimumLength & 7),
            // An empty array would be one that others share.
            _ => Math.Max(1, minimumLength),
        }];
        Array.Fill(array, FreshPoison);
        lock (_lock)
        {
            RentCalls++;
            LargestRent = Math.Max(LargestRent, minimumLength);
            _lent.Add(array);
            LentBytes += array.Length;
            PeakBytes = Math.Max(PeakBytes, LentBytes);
        }

        return array;
    }

    /// <exception cref="InvalidOperationException">It is not rented.</exception>
    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (_lock)
        {
            if (!_lent.Remove(array))
            {
                _problem ??= $"An array of {array.Length} bytes was returned that is not rented.";
                throw new InvalidOperationException(_problem);
            }

            LentBytes -= array.Length;
            Array.Fill(array, ReturnedPoison);
            _watched.Enqueue(array);
            _watchedBytes += array.Length;
            while (_watched.Count > MostWatched || _watchedBytes > MostWatchedBytes)
            {
                byte[] oldest = _watched.Dequeue();
                _watchedBytes -= oldest.Length;
                Inspect(oldest);
            }
        }
    }

    private void Inspect(byte[] array)
    {
        if (array.AsSpan().ContainsAnyExcept(ReturnedPoison))
        {
            _problem ??= $"An array of {array.Length} bytes was written to after its return.";
        }
    }
}
