namespace WsAot.Protocol.Liveness;

/// <summary>What a server does with a connection whose deadline has come.</summary>
public enum KeepAliveAction : byte
{
    /// <summary>Do nothing until the next deadline.</summary>
    None,

    /// <summary>Send a ping (RFC 6455 section 5.5.2). The peer then has the pong timeout to show that it is alive.</summary>
    Ping,

    /// <summary>Start the closing handshake with 1001 (section 7.4.1): no message went either way for the idle timeout.</summary>
    Close,

    /// <summary>
    /// End TCP in the usual way: the peer has received everything, including the close frame, and has not answered in time (allowed by
    /// section 7.1.1). A reset might destroy data that the peer has not read yet.
    /// </summary>
    End,

    /// <summary>Reset TCP: the peer has not answered the ping in time, or does not take what it was sent.</summary>
    Drop,
}
