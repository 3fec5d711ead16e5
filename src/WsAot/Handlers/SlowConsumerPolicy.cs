namespace WsAot;

/// <summary>What happens to a published message if a subscriber reads too slowly.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>Use the server's option. In the server's options, this means <see cref="Drop"/>.</summary>
    Default,

    /// <summary>The message is dropped for this subscriber.</summary>
    Drop,

    /// <summary>The subscriber's connection is closed with 1008.</summary>
    Close,
}
