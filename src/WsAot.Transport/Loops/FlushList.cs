using System.Runtime.CompilerServices;

namespace WsAot.Transport.Loops;

/// <summary>
/// The connections whose queued output is sent at the end of the batch, as a linked list in order, and the memory that this output takes.
/// </summary>
internal sealed class FlushList(WorkClock clock)
{
    /// <summary>
    /// If queued output takes more memory than this, in bytes, code that delivers messages should wait until some of it has been sent.
    /// Without this limit, a message to a hundred thousand connections would give each of them a queue and a chunk at the same time.
    /// </summary>
    private const int FullBytes = 8 * 1024 * 1024;

    /// <summary>If it takes more than this, because some code did not wait, all of it is sent in the middle of the batch.</summary>
    private const int MaxGatheredBytes = 2 * FullBytes;

    /// <summary>Roughly the memory that a queue takes without its chunks.</summary>
    private const int QueueBytes = 256;

    /// <summary>The memory that small output takes in its queue.</summary>
    private const int LeastRentedBytes = 512;

    /// <summary>A system call, in units of work.</summary>
    private const int SendUnits = 32;

    /// <summary>How many sends are charged together.</summary>
    private const int SendsTogether = 8;

    private LoopMember? _first;
    private LoopMember? _last;
    private int _gatheredBytes;

    public bool IsEmpty => _first is null;

    /// <summary>Whether so much output waits that no more should be written for now.</summary>
    public bool IsFull => _gatheredBytes > FullBytes;

    public void Add(LoopMember member, int rentedBytes)
    {
        if (_first is null) _first = member;
        else _last!.NextToFlush = member;
        _last = member;
        OnRented(QueueBytes + rentedBytes);
    }

    /// <summary>Counts memory that was rented for queued output, and sends all of that output if it takes too much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnRented(int bytes)
    {
        _gatheredBytes += bytes;
        if (_gatheredBytes > MaxGatheredBytes) FlushAll();
    }

    /// <summary>
    /// Sends the output until the portion is over. The rest is sent first in the next batch, together with what is written until then: the
    /// busier the loop, the fewer system calls for a message.
    /// </summary>
    /// <returns>Whether the portion is over before all was sent.</returns>
    public bool Flush(ref WorkBudget budget)
    {
        while (_first is not null)
        {
            if (budget.IsSpent(clock)) return true;
            for (int i = 0; i < SendsTogether && _first is not null; i++) FlushFirst(_first);
            // An estimate, because the size of each queue is not stored. The count is right again when all output has been sent.
            _gatheredBytes = Math.Max(0, _gatheredBytes - (SendsTogether * (QueueBytes + LeastRentedBytes)));
            budget.Charge(SendsTogether * SendUnits);
        }

        Clear();
        return false;
    }

    private void FlushAll()
    {
        while (_first is not null) FlushFirst(_first);
        Clear();
    }

    private void FlushFirst(LoopMember member)
    {
        _first = member.NextToFlush;
        member.NextToFlush = null;
        member.FlushQueued();
    }

    private void Clear()
    {
        _last = null;
        _gatheredBytes = 0;
    }
}
