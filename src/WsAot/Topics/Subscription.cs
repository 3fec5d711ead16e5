namespace WsAot.Topics;

/// <summary>One session's subscription to a topic.</summary>
internal class Subscription(LocalTopic topic, ISubscriber subscriber) : IListed
{
    public LocalTopic Topic { get; } = topic;

    public ISubscriber Subscriber { get; } = subscriber;

    /// <inheritdoc/>
    public int Index { get; set; }

    /// <summary>Whether it counts among those who are there.</summary>
    public bool IsPresent { get; set; }
}
