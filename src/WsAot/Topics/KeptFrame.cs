using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>A message of a topic that keeps messages.</summary>
internal sealed class KeptFrame : SharedFrame
{
    private long _offset;

    public KeptFrame(Opcode opcode, ReadOnlySpan<byte> payload)
        : base(opcode, payload)
    {
    }

    /// <summary>A message that was published before.</summary>
    /// <param name="frame">The bytes that were kept of it.</param>
    /// <param name="offset">Its number.</param>
    public KeptFrame(byte[] frame, long offset)
        : base(frame) => _offset = offset;

    /// <inheritdoc/>
    public override long Offset => _offset;

    /// <summary>Gives it its number. Once, before it is delivered.</summary>
    public void Number(long offset) => _offset = offset;
}
