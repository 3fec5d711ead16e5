namespace WsAot.Topics;

/// <summary>Who is there, and those who listen to it.</summary>
internal sealed partial class LoopTopics
{
    /// <summary>The subscriptions on this loop that count as presence. Any thread.</summary>
    public int PresentCount { get; private set; }

    /// <summary>Listens to who comes to a topic and who goes.</summary>
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
