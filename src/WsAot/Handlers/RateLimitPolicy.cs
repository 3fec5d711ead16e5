namespace WsAot;

/// <summary>What happens to a client that exceeds its rate.</summary>
public enum RateLimitPolicy
{
    /// <summary>Use the server's option. In the server's options, this means <see cref="Pause"/>.</summary>
    Default,

    /// <summary>WsAot stops reading from the client until it may send again, so that TCP slows it down (back-pressure).</summary>
    Pause,

    /// <summary>The connection is closed with 1008, and the message that exceeded the rate is not handled.</summary>
    Close,
}
