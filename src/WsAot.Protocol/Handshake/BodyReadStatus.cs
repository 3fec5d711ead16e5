namespace WsAot.Protocol.Handshake;

/// <summary>What <see cref="RequestBodyReader.Read"/> found.</summary>
public enum BodyReadStatus
{
    /// <summary>All received bytes were read, and the body continues.</summary>
    NeedMoreData,

    /// <summary>The next bytes of the body. Call again: more may have been received.</summary>
    Data,

    /// <summary>The body is complete. The remaining received bytes belong to the next request.</summary>
    Done,

    /// <summary>The body is malformed or exceeds the limit.</summary>
    Error,
}
