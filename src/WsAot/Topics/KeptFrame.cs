using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>A message of a topic with history.</summary>
internal sealed class KeptFrame : SharedFrame
{
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message.</param>
    /// <param name="offset">Its number.</param>
    public KeptFrame(Opcode opcode, ReadOnlySpan<byte> payload, long offset)
        : base(opcode, payload) => Offset = offset;

    /// <summary>A message that was framed before.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="offset">Its number.</param>
    /// <param name="skip">What the excluded subscriber gets instead.</param>
    public KeptFrame(byte[] frame, long offset, SharedFrame? skip = null)
        : base(frame) => (Offset, Skip) = (offset, skip);

    /// <inheritdoc/>
    public override long Offset { get; }

    /// <inheritdoc/>
    public override SharedFrame? Skip { get; }
}
