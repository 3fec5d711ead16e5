using System.Buffers;
using System.Numerics;

namespace WsAot.TestKit.Buffers;

/// <summary>
/// A pool that hands out each array once, filled with 0xCD, and fills returned arrays with 0xDD. So the bytes show whether memory was used
/// before it was written, or after its return. It counts what is rented. A wrong return throws, and is also kept for
/// <see cref="FindProblem"/>, because a server catches exceptions of its handlers. Any thread.
/// </summary>
/// <param name="length">How long the arrays are.</param>
public sealed class PoisoningPool(RentedLength length = RentedLength.Exact) : ArrayPool<byte>
{
    /// <summary>The byte that fills a rented array.</summary>
    public const byte FreshPoison = 0xCD;

    /// <summary>The byte that fills a returned array.</summary>
    public const byte ReturnedPoison = 0xDD;

    // How many of the last returned arrays are checked for writes after their return. All of them would be too many.
    private const int MostWatched = 32;
    private const int MostWatchedBytes = 4 << 20;

    private readonly HashSet<byte[]> _lent = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<byte[]> _watched = new();
    private readonly Lock _lock = new();
    private int _watchedBytes;
    private string? _problem;

    /// <summary>How many arrays are rented and not returned.</summary>
    public int LentCount
    {
        get
        {
            lock (_lock) return _lent.Count;
        }
    }

    /// <summary>The bytes of these arrays.</summary>
    public long LentBytes { get; private set; }

    /// <summary>The most bytes that were rented at a time, since it was last set.</summary>
    public long PeakBytes { get; set; }

    /// <summary>Whether the pool has no more arrays: <see cref="Rent"/> then throws.</summary>
    public bool IsExhausted { get; set; }

    /// <summary>How often an array was rented.</summary>
    public int RentCalls { get; private set; }

    /// <summary>The largest length that was asked for.</summary>
    public int LargestRent { get; private set; }

    /// <summary>
    /// The first wrong use of the pool: an array was returned twice, was never rented, or was written to after its return. Null if there is
    /// none.
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

    /// <summary>Verifies that all arrays were returned and that there was no wrong use.</summary>
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
            // Not 0: an empty array would be shared.
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
