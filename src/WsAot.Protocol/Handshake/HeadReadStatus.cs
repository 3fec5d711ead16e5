namespace WsAot.Protocol.Handshake;

/// <summary>What <see cref="RequestHeadReader.Read"/> found.</summary>
public enum HeadReadStatus
{
    /// <summary>The bytes are a legal beginning of a head.</summary>
    NeedMoreData,

    /// <summary>The head is complete and well-formed.</summary>
    Done,

    /// <summary>The head is malformed or passes a limit.</summary>
    Error,
}
