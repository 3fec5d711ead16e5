using System.Collections.Concurrent;
using WsAot.Sessions;

namespace WsAot.Topics;

/// <summary>The topics that have subscribers on one loop. Used on that loop only, but for <see cref="Has"/>.</summary>
internal sealed class LoopTopics
{
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    /// <summary>Whether anybody here hears of a topic. Any thread.</summary>
    public bool Has(string name) => _topics.ContainsKey(name);

    public Subscription Subscribe(string name, Session session)
    {
        if (!_topics.TryGetValue(name, out Topic? topic)) _topics[name] = topic = new Topic(name);
        return topic.Add(session);
    }

    public void Unsubscribe(Subscription subscription)
    {
        Topic topic = subscription.Topic;
        topic.Remove(subscription);
        if (topic.IsEmpty) _topics.TryRemove(topic.Name, out _);
    }

    /// <summary>Gives a frame to the subscribers of a topic.</summary>
    /// <returns>To how many.</returns>
    public int Deliver(string name, SharedFrame frame) => _topics.TryGetValue(name, out Topic? topic) ? topic.Deliver(frame) : 0;
}
