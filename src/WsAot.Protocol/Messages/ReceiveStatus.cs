namespace WsAot.Protocol.Messages;

/// <summary>What <see cref="MessageReceiver.Read"/> found.</summary>
public enum ReceiveStatus
{
    /// <summary>All input has been used and no message is complete.</summary>
    NeedMoreData,

    /// <summary>A whole text message, valid UTF-8.</summary>
    Text,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>A ping; answer it with a pong that has the same payload (RFC 6455 section 5.5.2).</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>A close frame whose payload is valid.</summary>
    Close,

    /// <summary>
    /// A part of a compressed message was inflated. Call again to continue, with the input that is left or none, after other connections
    /// had their turns.
    /// </summary>
    Inflating,

    /// <summary>The peer broke the protocol or a limit: see <see cref="MessageReceiver.Error"/>.</summary>
    Error,
}
