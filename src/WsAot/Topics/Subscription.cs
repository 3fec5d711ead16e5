namespace WsAot.Topics;

/// <summary>One session's subscription to a topic.</summary>
internal sealed class Subscription(LocalTopic topic, ISubscriber subscriber)
{
    public LocalTopic Topic { get; } = topic;

    public ISubscriber Subscriber { get; } = subscriber;

    /// <summary>Its index in the topic's list.</summary>
    public int Index { get; set; }
}
