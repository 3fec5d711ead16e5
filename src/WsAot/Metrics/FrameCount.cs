namespace WsAot.Metrics;

/// <summary>The number of messages, or control frames, of one kind, and the bytes of their payloads.</summary>
internal readonly record struct FrameCount(long Count, long Bytes)
{
    public static FrameCount operator +(FrameCount left, FrameCount right) => new(left.Count + right.Count, left.Bytes + right.Bytes);
}
