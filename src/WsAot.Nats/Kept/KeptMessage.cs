using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>A message from a stream.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Before">The number of the message before it in its subject; 0 if there is none any more, or it is unknown.</param>
/// <param name="Opcode">Text or binary.</param>
/// <param name="Payload">The message.</param>
/// <param name="Node">The server that published it; null if it was not a server.</param>
/// <param name="Except">The number by which that server finds the connection that does not get the message; 0 if all get it.</param>
/// <param name="Time">When it was stored.</param>
internal sealed record KeptMessage(long Offset, long Before, Opcode Opcode, byte[] Payload, string? Node, long Except, DateTimeOffset Time)
{
    public StoredMessage ToStored(DateTimeOffset now) =>
        new(Offset, Opcode, Payload, (uint)Math.Clamp((now - Time).TotalSeconds, 0, int.MaxValue));
}
