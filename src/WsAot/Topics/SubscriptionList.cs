using WsAot.Sessions;

namespace WsAot.Topics;

/// <summary>The subscriptions of one session. Most have none or one, so one takes no list.</summary>
internal struct SubscriptionList
{
    private Subscription? _one;
    private List<Subscription>? _more;

    public void Add(LoopTopics topics, string name, Session session)
    {
        if (Find(name) is not null) return;
        Subscription subscription = topics.Subscribe(name, session);
        if (_one is null) _one = subscription;
        else (_more ??= []).Add(subscription);
    }

    public void Remove(LoopTopics topics, string name)
    {
        if (Find(name) is not { } subscription) return;
        topics.Unsubscribe(subscription);
        if (ReferenceEquals(subscription, _one)) _one = null;
        else _more!.Remove(subscription);
    }

    public void Clear(LoopTopics topics)
    {
        if (_one is not null) topics.Unsubscribe(_one);
        if (_more is not null)
        {
            foreach (Subscription subscription in _more) topics.Unsubscribe(subscription);
        }

        (_one, _more) = (null, null);
    }

    private readonly Subscription? Find(string name)
    {
        if (_one is { } one && one.Topic.Name == name) return one;
        return _more?.Find(subscription => subscription.Topic.Name == name);
    }
}
