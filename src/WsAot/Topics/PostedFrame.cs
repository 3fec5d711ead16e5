namespace WsAot.Topics;

/// <summary>A message that waits on a loop, and its units in the backlog.</summary>
internal readonly record struct PostedFrame(SharedFrame Frame, int Units);
