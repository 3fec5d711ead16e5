namespace WsAot.Dashboard;

/// <summary>A message that was published.</summary>
/// <param name="TimeMs">When it came, in milliseconds since 1970.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Text">The beginning of a text, or of the bytes in hexadecimal.</param>
/// <param name="IsText">Whether it is text.</param>
/// <param name="Missed">The messages before it that were not shown, since there were too many.</param>
internal sealed record TopicMessage(long TimeMs, int Bytes, string Text, bool IsText, long Missed);
