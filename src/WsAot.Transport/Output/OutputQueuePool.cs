using System.Buffers;
using System.Diagnostics;

namespace WsAot.Transport.Output;

/// <summary>The empty queues of a loop, kept for reuse.</summary>
internal sealed class OutputQueuePool(ArrayPool<byte> pool)
{
    private const int MaxSpareQueues = 1024;

    private OutputQueue?[] _spare = new OutputQueue?[16];
    private int _count;

    public OutputQueue Rent()
    {
        if (_count == 0) return new OutputQueue(pool);
        OutputQueue queue = _spare[--_count]!;
        _spare[_count] = null;
        return queue;
    }

    public void Return(OutputQueue queue)
    {
        Debug.Assert(queue.IsEmpty, "A queue is empty when it is returned.");
        if (_count == _spare.Length)
        {
            if (_count == MaxSpareQueues) return;
            Array.Resize(ref _spare, _count * 2);
        }

        _spare[_count++] = queue;
    }
}
