using System.Runtime.InteropServices;
using WsAot.Loops;
using WsAot.Memory;

namespace WsAot.Topics;

/// <summary>The subscribers of a topic on one loop. Used on that loop only.</summary>
internal sealed class LocalTopic(Topic topic, LoopTopics loop) : ISubscribers
{
    private readonly List<Subscription> _subscriptions = [];
    private bool _isLost;

    /// <summary>The topic of the whole server.</summary>
    public Topic Topic { get; } = topic;

    /// <summary>Whether it has no subscribers, and no message is being delivered.</summary>
    // While messages wait, the topic stays, so that they begin in order for new subscribers too.
    public bool IsUnused =>
        _subscriptions.Count == 0 && Unfinished is null && (Topic as KeptTopic)?.IsRecoveringOn(loop.LoopIndex) != true;

    /// <inheritdoc/>
    public int Count => _subscriptions.Count;

    /// <inheritdoc/>
    public UnfinishedDelivery? Unfinished { get; set; }

    public Subscription Add(ISubscriber subscriber)
    {
        var subscription = new Subscription(this, subscriber) { Index = _subscriptions.Count };
        _subscriptions.Add(subscription);
        return subscription;
    }

    /// <summary>Adds a subscription that gets stored messages separately, until <see cref="OnCaughtUp"/>.</summary>
    public RecoveringSubscription AddRecovering(KeptTopic topic, ISubscriber subscriber, long after)
    {
        topic.CountRecovering(loop.LoopIndex, 1);
        return new RecoveringSubscription(this, topic, subscriber) { Index = -1, After = after };
    }

    /// <summary>Adds the subscription to the list: from now on it gets every message whose delivery begins.</summary>
    public void OnCaughtUp(RecoveringSubscription subscription)
    {
        subscription.Kept.CountRecovering(loop.LoopIndex, -1);
        subscription.Index = _subscriptions.Count;
        _subscriptions.Add(subscription);
        if (_isLost) subscription.Subscriber.OnTopicLost(Topic.Name);
    }

    /// <summary>Tells the subscribers that the topic has ended. Those that have not caught up are told later.</summary>
    public void Lose()
    {
        _isLost = true;
        foreach (Subscription each in _subscriptions.ToArray()) each.Subscriber.OnTopicLost(Topic.Name);
    }

    /// <summary>Removes a subscription.</summary>
    public void Remove(Subscription subscription)
    {
        if (subscription.Index >= 0)
        {
            UnfinishedDelivery.Remove(this, subscription.Index);
            return;
        }

        var recovering = (RecoveringSubscription)subscription;
        recovering.Kept.CountRecovering(loop.LoopIndex, -1);
        recovering.IsCancelled = true;
    }

    /// <inheritdoc/>
    public int Deliver(SharedFrame frame, int count, LoopTurn turn)
    {
        int units = frame.DeliveryUnits;
        int together = TurnCosts.DeliveriesTogether(units);
        // Delivery runs no user code, so the list cannot change meanwhile.
        ReadOnlySpan<Subscription> subscriptions = CollectionsMarshal.AsSpan(_subscriptions);
        while (count > 0)
        {
            int some = Math.Min(count, together);
            count -= some;
            DeliverTo(subscriptions.Slice(count, some), frame);
            turn.Charge(some * units);
            if (turn.IsSpent) break;
        }

        return count;
    }

    /// <inheritdoc/>
    void ISubscribers.Move(int from, int to)
    {
        Subscription moved = _subscriptions[from];
        _subscriptions[to] = moved;
        moved.Index = to;
    }

    /// <inheritdoc/>
    void ISubscribers.RemoveLast()
    {
        _subscriptions.RemoveAt(_subscriptions.Count - 1);
        Containers.Shrink(_subscriptions);
    }

    private void DeliverTo(ReadOnlySpan<Subscription> subscriptions, SharedFrame frame)
    {
        ISubscriber? except = frame.Except;
        if (except is null)
        {
            foreach (Subscription each in subscriptions) each.Subscriber.Deliver(frame);
            return;
        }

        foreach (Subscription each in subscriptions)
        {
            if (!ReferenceEquals(each.Subscriber, except)) each.Subscriber.Deliver(frame);
            else if (frame.Skip is { } skip) each.Subscriber.Deliver(skip);
            else loop.OnMissed();
        }
    }
}
