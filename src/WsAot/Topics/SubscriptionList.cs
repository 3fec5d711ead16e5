namespace WsAot.Topics;

/// <summary>
/// The subscriptions of one session. Most sessions have none or one, so one takes no list; few have so many that searching a list is slow.
/// </summary>
internal struct SubscriptionList
{
    /// <summary>
    /// Above this number a dictionary finds them by name: comparing with all would make the ten-thousandth cost ten thousand comparisons.
    /// </summary>
    private const int MaxListed = 8;

    private Subscription? _one;
    private List<Subscription>? _few;
    private Dictionary<string, Subscription>? _many;

    public void Add(LoopTopics topics, string name, ISubscriber subscriber)
    {
        if (Find(name) is not null) return;
        Insert(name, topics.Subscribe(name, subscriber));
    }

    /// <summary>Subscribes from a place on. One that is there already is replaced.</summary>
    public WsSubscribed Add(
        LoopTopics topics, string name, ISubscriber subscriber, WsTopicPosition since, out Subscription subscription)
    {
        // Held meanwhile: without any subscriber it might end, and begin another life.
        Topic held = topics.Expect(name);
        Remove(topics, name);
        subscription = topics.Subscribe(name, subscriber, since, out WsSubscribed subscribed);
        Insert(name, subscription);
        topics.ForgetExpected(held);
        return subscribed;
    }

    /// <summary>There is room in the output for messages that were kept.</summary>
    public readonly void Resume(LoopTopics topics)
    {
        if (_one is not null) topics.Resume(_one);
        if (_few is not null)
        {
            foreach (Subscription subscription in _few) topics.Resume(subscription);
        }

        if (_many is null) return;
        foreach (Subscription subscription in _many.Values) topics.Resume(subscription);
    }

    public void Remove(LoopTopics topics, string name)
    {
        if (Find(name) is not { } subscription) return;
        topics.Unsubscribe(subscription);
        if (ReferenceEquals(subscription, _one)) _one = null;
        else if (_many is null) _few!.Remove(subscription);
        else _many.Remove(name);
    }

    public void Clear(LoopTopics topics)
    {
        if (_one is not null) topics.Unsubscribe(_one);
        if (_few is not null)
        {
            foreach (Subscription subscription in _few) topics.Unsubscribe(subscription);
        }

        if (_many is not null)
        {
            foreach (Subscription subscription in _many.Values) topics.Unsubscribe(subscription);
        }

        this = default;
    }

    private void Insert(string name, Subscription subscription)
    {
        if (_one is null) _one = subscription;
        else if (_many is not null) _many.Add(name, subscription);
        else if (_few is null || _few.Count < MaxListed) (_few ??= []).Add(subscription);
        else AddBeyondFew(_few, subscription);
    }

    private void AddBeyondFew(List<Subscription> few, Subscription subscription)
    {
        _few = null;
        _many = new Dictionary<string, Subscription>(StringComparer.Ordinal) { [subscription.Topic.Topic.Name] = subscription };
        foreach (Subscription each in few) _many.Add(each.Topic.Topic.Name, each);
    }

    private readonly Subscription? Find(string name)
    {
        if (_one is { } one && one.Topic.Topic.Name == name) return one;
        if (_many is not null) return _many.GetValueOrDefault(name);
        if (_few is null) return null;
        foreach (Subscription subscription in _few)
        {
            if (subscription.Topic.Topic.Name == name) return subscription;
        }

        return null;
    }
}
