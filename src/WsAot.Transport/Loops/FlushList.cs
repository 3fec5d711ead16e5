namespace WsAot.Transport.Loops;

/// <summary>
/// The connections whose queued output is sent at the end of the batch, linked through themselves in order, and the memory it takes.
/// </summary>
internal sealed class FlushList(WorkClock clock)
{
    /// <summary>
    /// The memory in bytes that queued output may take before it is sent in the middle of the batch. Without this limit, a message to a
    /// hundred thousand connections would give each of them a queue and a chunk at the same time.
    /// </summary>
    private const int MaxGatheredBytes = 16 * 1024 * 1024;

    /// <summary>The memory that a queue takes without its chunks, roughly.</summary>
    private const int QueueBytes = 256;

    /// <summary>A system call, in units of work.</summary>
    private const int SendUnits = 128;

    private LoopMember? _first;
    private LoopMember? _last;
    private int _count;
    private int _gatheredBytes;     // by those in the list; each counts as the average when only some are sent

    public bool IsEmpty => _first is null;

    public void Add(LoopMember member, int rentedBytes)
    {
        if (_last is null) _first = member;
        else _last.NextToFlush = member;
        _last = member;
        _count++;
        OnRented(QueueBytes + rentedBytes);
    }

    /// <summary>Counts memory that was rented for queued output. If it is too much, half of the output is sent at once.</summary>
    public void OnRented(int bytes)
    {
        _gatheredBytes += bytes;
        if (_gatheredBytes <= MaxGatheredBytes) return;
        int half = (_count + 1) / 2;
        _gatheredBytes /= 2;
        for (int i = 0; i < half && _first is not null; i++) FlushFirst();
    }

    /// <summary>
    /// Sends the output, as long as a portion may take. What is left is sent first in the next batch, and what is written until then goes
    /// with it: the busier the loop, the fewer system calls for a message.
    /// </summary>
    /// <returns>Whether the portion is over before all was sent.</returns>
    public bool Flush(ref WorkBudget budget)
    {
        int before = _count;
        while (_first is not null)
        {
            if (budget.IsSpent(clock))
            {
                _gatheredBytes = (int)((long)_gatheredBytes * _count / before);
                return true;
            }

            FlushFirst();
            budget.Charge(SendUnits);
        }

        _gatheredBytes = 0;
        return false;
    }

    private void FlushFirst()
    {
        LoopMember member = _first!;
        _first = member.NextToFlush;
        if (_first is null) _last = null;
        member.NextToFlush = null;
        _count--;
        member.FlushQueued();
    }
}
