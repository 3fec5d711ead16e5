using System.Collections.Concurrent;
using System.Diagnostics;

namespace WsAot.Transport.Loops;

/// <summary>The calls that were posted to a loop, in order. Any thread adds to it; the loop takes a portion of it in each batch.</summary>
internal sealed class PostedCalls
{
    /// <summary>A flood of calls must not keep the sockets waiting.</summary>
    private const int MaxPerBatch = 1024;

    private readonly ConcurrentQueue<PostedCall> _calls = new();

    /// <summary>Counted here, because every batch asks twice, and the queue takes a hundred instructions to answer.</summary>
    private int _count;

    private int _leftInBatch;
    private int _isWakeRequested;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public void Add(Action<object?> action, object? state)
    {
        _calls.Enqueue(new PostedCall(action, state));
        Interlocked.Increment(ref _count);
    }

    /// <summary>
    /// Whether the caller, which has just added a call, must wake the loop: only the first one since the loop last looked.
    /// </summary>
    public bool TryRequestWake() => Interlocked.Exchange(ref _isWakeRequested, 1) == 0;

    /// <summary>Begins the portion of a batch: the calls that are there now. Calls that they post run in the next batch.</summary>
    /// <returns>Whether there are any.</returns>
    public bool TryBeginBatch()
    {
        // A call that is added after this either finds the flag cleared, and wakes the loop, or is counted below.
        Volatile.Write(ref _isWakeRequested, 0);
        Interlocked.MemoryBarrier();
        _leftInBatch = Math.Min(_count, MaxPerBatch);
        return _leftInBatch > 0;
    }

    /// <summary>Takes the next call of this batch's portion.</summary>
    public bool TryTake(out PostedCall call)
    {
        call = default;
        if (_leftInBatch == 0) return false;
        bool isTaken = _calls.TryDequeue(out call);
        Debug.Assert(isTaken, "A call is in the queue before it is counted.");
        Interlocked.Decrement(ref _count);
        _leftInBatch--;
        return isTaken;
    }

    /// <summary>Leaves the rest of this batch's portion to the next batch.</summary>
    public void EndPortion() => _leftInBatch = 0;

    internal readonly record struct PostedCall(Action<object?> Action, object? State);
}
