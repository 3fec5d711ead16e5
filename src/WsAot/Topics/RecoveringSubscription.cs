namespace WsAot.Topics;

/// <summary>
/// A subscription that begins with stored messages. Until it has caught up with its loop, it is not in the topic's list, and its <see
/// cref="Subscription.Index"/> is -1.
/// </summary>
internal sealed class RecoveringSubscription(LocalTopic topic, KeptTopic kept, ISubscriber subscriber) : Subscription(topic, subscriber)
{
    public KeptTopic Kept => kept;

    /// <summary>The number of the last message that it has.</summary>
    public long After { get; set; }

    /// <summary>Whether it waits for room in the output of its connection.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether it ended before it caught up.</summary>
    public bool IsCancelled { get; set; }
}
