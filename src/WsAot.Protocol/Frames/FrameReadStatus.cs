namespace WsAot.Protocol.Frames;

/// <summary>What <see cref="FrameHeaderReader.Read"/> found.</summary>
public enum FrameReadStatus
{
    /// <summary>The bytes are a legal beginning of a header.</summary>
    NeedMoreData,

    /// <summary>The header is complete.</summary>
    Done,

    /// <summary>No continuation of these bytes is a legal header.</summary>
    Error,
}
