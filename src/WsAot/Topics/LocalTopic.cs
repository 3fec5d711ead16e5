using WsAot.Memory;

namespace WsAot.Topics;

/// <summary>The subscribers of a topic on one loop. Used on that loop only.</summary>
internal sealed class LocalTopic(Topic topic) : ISubscribers
{
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>The topic of the whole server.</summary>
    public Topic Topic { get; } = topic;

    public bool IsEmpty => _subscriptions.Count == 0;

    /// <inheritdoc/>
    public int Count => _subscriptions.Count;

    public Subscription Add(ISubscriber subscriber)
    {
        var subscription = new Subscription(this, subscriber) { Index = _subscriptions.Count };
        _subscriptions.Add(subscription);
        return subscription;
    }

    /// <summary>Removes a subscription in constant time: the last one takes its place.</summary>
    public void Remove(Subscription subscription)
    {
        Subscription last = _subscriptions[^1];
        _subscriptions[subscription.Index] = last;
        last.Index = subscription.Index;
        _subscriptions.RemoveAt(_subscriptions.Count - 1);
        Containers.Shrink(_subscriptions);
    }

    /// <inheritdoc/>
    public int Deliver(SharedFrame frame)
    {
        // Delivering runs no user code, so the list cannot change meanwhile.
        foreach (Subscription subscription in _subscriptions) subscription.Subscriber.Deliver(frame);
        return _subscriptions.Count;
    }
}
