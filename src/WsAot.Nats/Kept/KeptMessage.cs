using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>A message that a stream has kept.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Before">The number of the one before it in its subject; 0: there is none any more, or it is not known.</param>
/// <param name="Opcode">Text or binary.</param>
/// <param name="Payload">What was published.</param>
/// <param name="Node">The server that has published it; null: somebody else.</param>
/// <param name="Except">The number of the connection of that server that does not get it; 0: all get it.</param>
/// <param name="Time">When it was stored.</param>
internal sealed record KeptMessage(long Offset, long Before, Opcode Opcode, byte[] Payload, string? Node, long Except, DateTimeOffset Time)
{
    public StoredMessage ToStored(DateTimeOffset now) =>
        new(Offset, Opcode, Payload, (uint)Math.Clamp((now - Time).TotalSeconds, 0, int.MaxValue));
}
