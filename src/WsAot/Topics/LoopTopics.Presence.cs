namespace WsAot.Topics;

/// <summary>Who is there, and those who listen to it.</summary>
internal sealed partial class LoopTopics
{
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
        if (local.IsEmpty) Leave(local.Topic);
    }

    private static Subscription Join(Topic topic, Subscription subscription)
    {
        if (topic.Presence is { } presence) subscription.IsPresent = presence.TryJoin(subscription.Subscriber.Member);
        return subscription;
    }
}
