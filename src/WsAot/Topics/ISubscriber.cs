namespace WsAot.Topics;

/// <summary>A connection that hears topics.</summary>
internal interface ISubscriber
{
    /// <summary>Sends a message that was published, or drops it where the subscriber is too slow. On its loop. Runs no user code.</summary>
    void Deliver(SharedFrame frame);
}
