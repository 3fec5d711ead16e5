using WsAot.Sessions;

namespace WsAot.Topics;

/// <summary>The subscribers that a topic has on one loop.</summary>
internal sealed class Topic(string name)
{
    private readonly List<Subscription> _subscriptions = [];

    public string Name { get; } = name;

    public bool IsEmpty => _subscriptions.Count == 0;

    public Subscription Add(Session session)
    {
        var subscription = new Subscription(this, session) { Index = _subscriptions.Count };
        _subscriptions.Add(subscription);
        return subscription;
    }

    /// <summary>Removes one in constant time: the last takes its place.</summary>
    public void Remove(Subscription subscription)
    {
        Subscription last = _subscriptions[^1];
        _subscriptions[subscription.Index] = last;
        last.Index = subscription.Index;
        _subscriptions.RemoveAt(_subscriptions.Count - 1);
    }

    /// <summary>Gives a frame to every subscriber. No user code runs in it, so the list stays as it is.</summary>
    /// <returns>To how many.</returns>
    public int Deliver(SharedFrame frame)
    {
        foreach (Subscription subscription in _subscriptions) subscription.Session.SendPublished(frame);
        return _subscriptions.Count;
    }
}
