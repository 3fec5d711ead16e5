namespace WsAot.Protocol.Frames;

/// <summary>What <see cref="FrameHeaderReader.Read"/> found.</summary>
public enum FrameReadStatus
{
    /// <summary>The bytes are the start of a valid header.</summary>
    NeedMoreData,

    /// <summary>The header is complete.</summary>
    Done,

    /// <summary>These bytes cannot become a valid header.</summary>
    Error,
}
