using WsAot.Sessions;

namespace WsAot.Topics;

/// <summary>The topics that have subscribers on one loop. Used on that loop only, so it needs no lock.</summary>
internal sealed class LoopTopics
{
    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    public Subscription Subscribe(string name, Session session)
    {
        if (!_topics.TryGetValue(name, out Topic? topic)) _topics.Add(name, topic = new Topic(name));
        return topic.Add(session);
    }

    public void Unsubscribe(Subscription subscription)
    {
        Topic topic = subscription.Topic;
        topic.Remove(subscription);
        if (topic.IsEmpty) _topics.Remove(topic.Name);
    }

    public void Deliver(string name, SharedFrame frame)
    {
        if (_topics.TryGetValue(name, out Topic? topic)) topic.Deliver(frame);
    }
}
