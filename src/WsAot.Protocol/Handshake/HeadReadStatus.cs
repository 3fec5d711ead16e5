namespace WsAot.Protocol.Handshake;

/// <summary>What <see cref="RequestHeadReader.Read"/> found.</summary>
public enum HeadReadStatus
{
    /// <summary>The bytes are the start of a valid head.</summary>
    NeedMoreData,

    /// <summary>The head is complete and well-formed.</summary>
    Done,

    /// <summary>The head is malformed or exceeds a limit.</summary>
    Error,
}
