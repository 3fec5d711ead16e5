namespace WsAot.Topics;

/// <summary>One session's subscription to a topic.</summary>
internal class Subscription(LocalTopic topic, ISubscriber subscriber)
{
    public LocalTopic Topic { get; } = topic;

    public ISubscriber Subscriber { get; } = subscriber;

    /// <summary>Its place in the list of the topic.</summary>
    public int Index { get; set; }

    /// <summary>Whether it counts as present.</summary>
    public bool IsPresent { get; set; }
}
