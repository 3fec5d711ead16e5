using System.Buffers;

namespace WsAot.Protocol.Messages;

/// <summary>The objects and buffers that receivers use while they are within a message. For the receivers of one thread.</summary>
/// <param name="buffers">The pool for buffers.</param>
public sealed class ReceiverPool(ArrayPool<byte> buffers)
{
    /// <summary>Usually more than are in use at the same time. They take 25 KB.</summary>
    private const int MaxFree = 256;

    private MessageAssembler? _firstFree;
    private int _freeCount;

    internal MessageAssembler Rent()
    {
        if (_firstFree is not { } assembler) return new MessageAssembler(buffers);
        _firstFree = assembler.NextFree;
        _freeCount--;
        assembler.NextFree = null;
        return assembler;
    }

    /// <summary>Takes back an assembler that is idle, so that the next receiver finds it as if it were new.</summary>
    internal void Return(MessageAssembler assembler)
    {
        if (_freeCount == MaxFree) return;
        _freeCount++;
        assembler.NextFree = _firstFree;
        _firstFree = assembler;
    }
}
