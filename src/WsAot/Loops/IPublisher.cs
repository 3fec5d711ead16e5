namespace WsAot.Loops;

/// <summary>
/// A connection that publishes in its turn. It is held back if it publishes faster than its messages are delivered. Used on its loop.
/// </summary>
internal interface IPublisher
{
    /// <summary>Takes no more messages of the connection until <see cref="Release"/>.</summary>
    /// <returns>False if it is held already, or no longer takes messages.</returns>
    bool TryHold();

    /// <summary>What it published has been delivered.</summary>
    void Release();
}
