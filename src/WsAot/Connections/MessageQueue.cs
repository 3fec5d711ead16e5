using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using WsAot.Protocol.Messages;

namespace WsAot.Connections;

/// <summary>
/// Messages that wait for an asynchronous handler, in order. Each is a record of five bytes and the payload, all in one rented buffer, so a
/// flood of tiny messages takes no more memory than it took on the wire.
/// </summary>
internal sealed class MessageQueue(ArrayPool<byte> pool)
{
    private const int RecordHeadBytes = 5;

    private byte[] _buffer = pool.Rent(4096);
    private int _start;
    private int _end;

    /// <summary>The bytes of all queued messages, including their record heads.</summary>
    public int PendingBytes => _end - _start;

    public bool IsEmpty => _start == _end;

    public void Enqueue(ReceiveStatus kind, ReadOnlySpan<byte> payload)
    {
        int length = RecordHeadBytes + payload.Length;
        if (length > _buffer.Length - _end) MakeRoom(length);
        Span<byte> record = _buffer.AsSpan(_end);
        record[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(record[1..], payload.Length);
        payload.CopyTo(record[RecordHeadBytes..]);
        _end += length;
    }

    /// <summary>Removes the oldest message.</summary>
    /// <param name="payload">Valid until the next call of any member.</param>
    public ReceiveStatus Dequeue(out ReadOnlySpan<byte> payload)
    {
        Debug.Assert(!IsEmpty, "There is no message to take.");
        ReadOnlySpan<byte> record = _buffer.AsSpan(_start);
        payload = record.Slice(RecordHeadBytes, BinaryPrimitives.ReadInt32LittleEndian(record[1..]));
        _start += RecordHeadBytes + payload.Length;
        Debug.Assert(_start <= _end, "The last record ends where the queue ends.");
        return (ReceiveStatus)record[0];
    }

    /// <summary>Drops all messages. The payload that was dequeued last stays valid.</summary>
    public void Clear() => _start = _end;

    /// <summary>Returns the buffer to the pool.</summary>
    public void Release()
    {
        pool.Return(_buffer);
        _buffer = [];
        (_start, _end) = (0, 0);
    }

    private void MakeRoom(int length)
    {
        int pending = PendingBytes;
        byte[] source = _buffer;
        // Moving the messages to the front is enough if that frees half of the buffer. Otherwise grow, or they would be moved again and
        // again.
        bool fitsInPlace = pending + (long)length <= source.Length / 2;
        if (!fitsInPlace) _buffer = pool.Rent((int)Math.Min(Math.Max(pending + (long)length, 2L * source.Length), Array.MaxLength));
        source.AsSpan(_start, pending).CopyTo(_buffer);
        if (!fitsInPlace) pool.Return(source);
        (_start, _end) = (0, pending);
    }
}
