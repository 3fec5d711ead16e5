namespace WsAot.Metrics;

/// <summary>Frames or messages of one kind, and the bytes of their payloads.</summary>
internal struct FrameCount
{
    public long Count;
    public long Bytes;
}
