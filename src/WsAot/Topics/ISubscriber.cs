namespace WsAot.Topics;

/// <summary>A connection that can subscribe to topics.</summary>
internal interface ISubscriber
{
    /// <summary>
    /// Sends a published message, or drops it if the subscriber is too slow. Called on the subscriber's loop. Runs no user code.
    /// </summary>
    void Deliver(SharedFrame frame);
}
