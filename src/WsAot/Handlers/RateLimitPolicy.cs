namespace WsAot;

/// <summary>What happens to a client that sends more than its rate.</summary>
public enum RateLimitPolicy
{
    /// <summary>Use the server's option. In the server's options, this means <see cref="Pause"/>.</summary>
    Default,

    /// <summary>The connection is not read until the client may send again, so that TCP slows it down.</summary>
    Pause,

    /// <summary>The connection is closed with 1008, and what was too much is not handled.</summary>
    Close,
}
