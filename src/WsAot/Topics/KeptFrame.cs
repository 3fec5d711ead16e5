using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>A message of a topic that keeps messages.</summary>
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
    public KeptFrame(byte[] frame, long offset)
        : base(frame) => Offset = offset;

    /// <inheritdoc/>
    public override long Offset { get; }

    /// <inheritdoc/>
    public override SharedFrame? Skip => SkipFrame;

    /// <summary><see cref="Skip"/>.</summary>
    public SharedFrame? SkipFrame { get; init; }
}
