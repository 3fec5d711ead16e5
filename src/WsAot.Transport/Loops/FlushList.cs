using System.Runtime.CompilerServices;

namespace WsAot.Transport.Loops;

/// <summary>
/// The connections whose queued output is sent at the end of the batch, linked through themselves in order, and the memory it takes.
/// </summary>
internal sealed class FlushList(WorkClock clock)
{
    /// <summary>
    /// The memory in bytes that queued output may take before those who deliver messages should wait until some of it has been sent.
    /// Without this limit, a message to a hundred thousand connections would give each of them a queue and a chunk at the same time.
    /// </summary>
    private const int FullBytes = 8 * 1024 * 1024;

    /// <summary>The memory that it may take before all is sent in the middle of the batch, for those who do not wait.</summary>
    private const int MaxGatheredBytes = 2 * FullBytes;

    /// <summary>The memory that a queue takes without its chunks, roughly.</summary>
    private const int QueueBytes = 256;

    /// <summary>The memory that small output takes in its queue.</summary>
    private const int LeastRentedBytes = 512;

    /// <summary>A system call, in units of work.</summary>
    private const int SendUnits = 32;

    /// <summary>The calls that are made before they are charged.</summary>
    private const int SendsTogether = 8;

    private LoopMember? _first;
    private LoopMember? _last;
    private int _gatheredBytes;

    public bool IsEmpty => _first is null;

    /// <summary>Whether so much is to be sent that no more should be written for now.</summary>
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
    /// Sends the output, as long as a portion may take. What is left is sent first in the next batch, and what is written until then goes
    /// with it: the busier the loop, the fewer system calls for a message.
    /// </summary>
    /// <returns>Whether the portion is over before all was sent.</returns>
    public bool Flush(ref WorkBudget budget)
    {
        while (_first is not null)
        {
            if (budget.IsSpent(clock)) return true;
            for (int i = 0; i < SendsTogether && _first is not null; i++) FlushFirst(_first);
            // Roughly: nobody remembers how much each has. It is right again when all has been sent.
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
