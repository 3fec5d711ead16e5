namespace WsAot.Topics;

/// <summary>
/// The subscriptions of one session. Most sessions have none or one, so a single one needs no list; a session with many has a dictionary.
/// </summary>
internal struct SubscriptionList
{
    /// <summary>
    /// Above this number, a dictionary finds them by name: in a list, the ten-thousandth would cost ten thousand comparisons.
    /// </summary>
    private const int MaxListed = 8;

    // Null, one Subscription, a List of few, or a Dictionary of many. One field, because every session has it and most have at most one.
    private object? _all;

    public void Add(LoopTopics topics, string name, ISubscriber subscriber)
    {
        if (Find(name) is not null) return;
        Insert(name, topics.Subscribe(name, subscriber));
    }

    /// <summary>Subscribes from a position on. Replaces an existing subscription to the topic.</summary>
    public WsSubscribed Add(
        LoopTopics topics, string name, ISubscriber subscriber, WsTopicPosition since, out Subscription subscription)
    {
        // Hold the topic meanwhile: without a subscriber, it might end, and a new one would have another epoch.
        Topic held = topics.Expect(name);
        Remove(topics, name);
        subscription = topics.Subscribe(name, subscriber, since, out WsSubscribed subscribed);
        Insert(name, subscription);
        topics.ForgetExpected(held);
        return subscribed;
    }

    /// <summary>Continues recoveries when there is room in the output again.</summary>
    public readonly void Resume(LoopTopics topics) => ForEach(topics, static (topics, subscription) => topics.Resume(subscription));

    public void Remove(LoopTopics topics, string name)
    {
        if (Find(name) is not { } subscription) return;
        topics.Unsubscribe(subscription);
        if (_all is List<Subscription> few) few.Remove(subscription);
        else if (_all is Dictionary<string, Subscription> many) many.Remove(name);
        else _all = null;
    }

    public void Clear(LoopTopics topics)
    {
        ForEach(topics, static (topics, subscription) => topics.Unsubscribe(subscription));
        _all = null;
    }

    private void Insert(string name, Subscription subscription)
    {
        if (_all is null) _all = subscription;
        else if (_all is Subscription one) _all = new List<Subscription> { one, subscription };
        else if (_all is Dictionary<string, Subscription> many) many.Add(name, subscription);
        else if (_all is List<Subscription> { Count: < MaxListed } few) few.Add(subscription);
        else _all = ToDictionary((List<Subscription>)_all, subscription);
    }

    private static Dictionary<string, Subscription> ToDictionary(List<Subscription> few, Subscription another)
    {
        var many = new Dictionary<string, Subscription>(StringComparer.Ordinal) { [another.Topic.Topic.Name] = another };
        foreach (Subscription each in few) many.Add(each.Topic.Topic.Name, each);
        return many;
    }

    private readonly void ForEach(LoopTopics topics, Action<LoopTopics, Subscription> action)
    {
        if (_all is Subscription one) action(topics, one);
        if (_all is List<Subscription> few)
        {
            foreach (Subscription subscription in few) action(topics, subscription);
        }

        if (_all is not Dictionary<string, Subscription> many) return;
        foreach (Subscription subscription in many.Values) action(topics, subscription);
    }

    private readonly Subscription? Find(string name)
    {
        if (_all is Subscription one) return one.Topic.Topic.Name == name ? one : null;
        if (_all is Dictionary<string, Subscription> many) return many.GetValueOrDefault(name);
        if (_all is not List<Subscription> few) return null;
        foreach (Subscription subscription in few)
        {
            if (subscription.Topic.Topic.Name == name) return subscription;
        }

        return null;
    }
}
