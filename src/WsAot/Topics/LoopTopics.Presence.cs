namespace WsAot.Topics;

/// <summary>Presence: the members of topics, and the subscribers to their changes.</summary>
internal sealed partial class LoopTopics
{
    /// <summary>The number of subscriptions on this loop that count as present. Any thread.</summary>
    public int PresentCount { get; private set; }

    /// <summary>Subscribes to the changes of a topic's presence.</summary>
    public Subscription Listen(TopicPresence presence, ISubscriber subscriber)
    {
        PresenceFeed feed = presence.Feed;
        if (feed.SubscribersOn(LoopIndex) is not LocalTopic local)
        {
            local = new LocalTopic(feed, this);
            feed.TryJoin(LoopIndex);
            feed.SetSubscribers(LoopIndex, local);
        }

        return local.Add(subscriber);
    }

    /// <summary>Reverts one <see cref="Listen"/>.</summary>
    public void StopListening(Subscription subscription)
    {
        LocalTopic local = subscription.Topic;
        local.Remove(subscription);
        LeaveIfUnused(local);
    }

    private Subscription Join(Topic topic, Subscription subscription)
    {
        if (topic.Presence is { } presence && presence.TryJoin(subscription.Subscriber.Member))
        {
            subscription.IsPresent = true;
            PresentCount++;
        }

        return subscription;
    }

    private void Leave(TopicPresence presence, Subscription subscription)
    {
        presence.Leave(subscription.Subscriber.Member.Id);
        PresentCount--;
    }
}
