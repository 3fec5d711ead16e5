namespace WsAot;

/// <summary>What publishing does to a subscriber that does not read fast enough.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>As the server's options say; there: <see cref="Drop"/>.</summary>
    Default,

    /// <summary>The message is not delivered to this subscriber.</summary>
    Drop,

    /// <summary>The subscriber is closed with 1008.</summary>
    Close,
}
