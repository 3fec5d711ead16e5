using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>A message from a store.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Opcode">Text or binary.</param>
/// <param name="Payload">The message.</param>
/// <param name="AgeSeconds">Its age.</param>
internal readonly record struct StoredMessage(long Offset, Opcode Opcode, ReadOnlyMemory<byte> Payload, uint AgeSeconds);
