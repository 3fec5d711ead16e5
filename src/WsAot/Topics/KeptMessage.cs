namespace WsAot.Topics;

/// <summary>A message that a topic keeps.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Offset">Its number.</param>
internal readonly record struct KeptMessage(byte[] Frame, long Offset);
