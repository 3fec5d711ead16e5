namespace WsAot.Topics;

/// <summary>A connection that can subscribe to topics.</summary>
internal interface ISubscriber
{
    /// <summary>
    /// Sends a published message, or drops it if the subscriber is too slow. Called on the subscriber's loop. Runs no user code.
    /// </summary>
    void Deliver(SharedFrame frame);

    /// <summary>
    /// One of its topics has ended, because the store has lost the messages. The subscription gets no more messages, and the subscriber
    /// must remove it. Called on the subscriber's loop.
    /// </summary>
    void OnTopicLost(string topic)
    {
    }

    /// <summary>The subscriber in the presence of its topics. Called on the subscriber's loop.</summary>
    WsMember Member => default;

    /// <summary>Sends a stored message, unless the output is full. Called on the subscriber's loop. Runs no user code.</summary>
    /// <returns>False if it is full: the subscriber calls <see cref="SubscriptionList.Resume"/> when there is room.</returns>
    bool TryRecover(SharedFrame frame)
    {
        Deliver(frame);
        return true;
    }
}
