using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>A message as a store has kept it.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Opcode">Text or binary.</param>
/// <param name="Payload">What was published.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
internal readonly record struct StoredMessage(long Offset, Opcode Opcode, ReadOnlyMemory<byte> Payload, uint AgeSeconds);
