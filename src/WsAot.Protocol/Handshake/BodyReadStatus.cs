namespace WsAot.Protocol.Handshake;

/// <summary>What <see cref="RequestBodyReader.Read"/> found.</summary>
public enum BodyReadStatus
{
    /// <summary>All received bytes were read, and the body goes on.</summary>
    NeedMoreData,

    /// <summary>The next bytes of the body. Read on: more may have been received.</summary>
    Data,

    /// <summary>The body is complete. What is left of the received bytes belongs to the next request.</summary>
    Done,

    /// <summary>The body is malformed or exceeds the limit.</summary>
    Error,
}
