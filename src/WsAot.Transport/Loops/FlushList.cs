namespace WsAot.Transport.Loops;

/// <summary>
/// The connections whose queued output is sent at the end of the batch, linked through themselves, and the memory it takes.
/// </summary>
internal sealed class FlushList
{
    /// <summary>
    /// The memory in bytes that queued output may take before it is sent in the middle of the batch. Without this limit, a message to a
    /// hundred thousand connections would give each of them a queue and a chunk at the same time.
    /// </summary>
    private const int MaxGatheredBytes = 16 * 1024 * 1024;

    /// <summary>The memory that a queue takes without its chunks, roughly.</summary>
    private const int QueueBytes = 256;

    private LoopMember? _first;
    private int _gatheredBytes;

    public bool IsEmpty => _first is null;

    public void Add(LoopMember member, int rentedBytes)
    {
        member.NextToFlush = _first;
        _first = member;
        OnRented(QueueBytes + rentedBytes);
    }

    /// <summary>Counts memory that was rented for queued output, and sends all of that output if it takes too much.</summary>
    public void OnRented(int bytes)
    {
        _gatheredBytes += bytes;
        if (_gatheredBytes > MaxGatheredBytes) Flush();
    }

    public void Flush()
    {
        while (_first is { } member)
        {
            _first = member.NextToFlush;
            member.NextToFlush = null;
            member.FlushQueued();
        }

        _gatheredBytes = 0;
    }
}
