namespace WsAot.Topics;

/// <summary>A connection that can subscribe to topics.</summary>
internal interface ISubscriber
{
    /// <summary>
    /// Sends a published message, or drops it if the subscriber is too slow. Called on the subscriber's loop. Runs no user code.
    /// </summary>
    void Deliver(SharedFrame frame);

    /// <summary>
    /// A topic that it subscribes to has ended: its store has lost the messages. The subscription hears nothing more, and is to be removed.
    /// Called on the subscriber's loop.
    /// </summary>
    void OnTopicLost(string topic)
    {
    }

    /// <summary>How it is told to others who ask who is there. Called on the subscriber's loop.</summary>
    WsMember Member => default;

    /// <summary>Sends a message that was kept, unless the output is full. Called on the subscriber's loop. Runs no user code.</summary>
    /// <returns>False if it is full: the subscriber says when there is room (<see cref="SubscriptionList.Resume"/>).</returns>
    bool TryRecover(SharedFrame frame)
    {
        Deliver(frame);
        return true;
    }
}
