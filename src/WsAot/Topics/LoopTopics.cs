using System.Diagnostics;
using WsAot.Loops;
using WsAot.Transport;

namespace WsAot.Topics;

/// <summary>
/// The topics with subscribers on one loop, and the loop's publishers that wait for the backlog. Used on that loop unless a member says
/// otherwise.
/// </summary>
internal sealed partial class LoopTopics(TopicHub hub, TransportLoop loop, LoopTurn turn, int loopIndex) : IBacklogWaiter
{
    private readonly Dictionary<string, LocalTopic> _topics = new(StringComparer.Ordinal);
    private readonly Queue<UnfinishedDelivery> _unfinished = new();
    private readonly LoopRecoveries _recoveries = new(turn, loopIndex);
    private List<IPublisher> _waitingPublishers = [];
    private long _delivered;
    private int _missed;

    /// <summary>The loop's index in the hub. Any thread.</summary>
    public int LoopIndex { get; } = loopIndex;

    /// <summary>Whether the caller is on this loop. Any thread.</summary>
    public bool IsCurrent => loop.IsCurrent;

    public int Count => _topics.Count;

    /// <summary>The number of subscriptions on this loop. Any thread.</summary>
    public int SubscriptionCount { get; private set; }

    /// <summary>The number of messages published on this loop. Any thread.</summary>
    public long Published { get; private set; }

    /// <summary>The number of messages queued for subscribers on this loop. Any thread.</summary>
    public long Delivered => _delivered + Recovered;

    /// <summary>The number of these that were stored messages. Any thread.</summary>
    public long Recovered => _recoveries.Recovered;

    /// <summary>The number of subscriptions from a position after which no message was missing. Any thread.</summary>
    public long CompleteRecoveries { get; private set; }

    /// <summary>The number of subscriptions from a position after which messages were missing. Any thread.</summary>
    public long IncompleteRecoveries { get; private set; }

    /// <summary>Whether a connection has its turn.</summary>
    private bool IsInTurn => turn.Current is not null || loop.Served is not null;

    /// <summary>The connection whose turn it is.</summary>
    private IPublisher? Publisher => turn.Current ?? (loop.Served as TransportConnection)?.Handler as IPublisher;

    public Subscription Subscribe(string name, ISubscriber subscriber)
    {
        LocalTopic local = FindOrAdd(name);
        return Join(local.Topic, local.Add(subscriber));
    }

    /// <summary>Subscribes from a position on: the messages kept since then come first.</summary>
    public Subscription Subscribe(string name, ISubscriber subscriber, WsTopicPosition since, out WsSubscribed subscribed)
    {
        LocalTopic local = FindOrAdd(name);
        if (local.Topic is not KeptTopic kept)
        {
            subscribed = new WsSubscribed(default, IsRecovered: since == WsTopicPosition.Oldest || since == WsTopicPosition.Latest);
            return Join(local.Topic, local.Add(subscriber));
        }

        subscribed = kept.FindStart(since, LoopIndex);
        if (since != WsTopicPosition.Oldest && since != WsTopicPosition.Latest) CountRecovery(subscribed.IsRecovered);
        RecoveringSubscription subscription = local.AddRecovering(kept, subscriber, subscribed.Position.Offset);
        _recoveries.Add(subscription);
        return Join(kept, subscription);
    }

    /// <summary>Continues the recovery of a connection that has room in its output again.</summary>
    public void Resume(Subscription subscription) => _recoveries.Resume(subscription);

    public void Unsubscribe(Subscription subscription)
    {
        Debug.Assert(IsCurrent, "A subscription is removed on its loop.");
        SubscriptionCount--;
        LocalTopic topic = subscription.Topic;
        if (subscription.IsPresent) Leave(topic.Topic.Presence!, subscription);
        topic.Remove(subscription);
        LeaveIfUnused(topic);
    }

    /// <summary>
    /// Makes this loop receive the topic's messages before a posted subscription is made. <see cref="ForgetExpected"/> reverts it. Any
    /// thread.
    /// </summary>
    public Topic Expect(string name) => hub.Join(name, LoopIndex);

    /// <summary>The expected subscription has been made, or the connection has closed.</summary>
    public void ForgetExpected(Topic topic) => topic.Leave(LoopIndex);

    /// <summary>Posts a message to this loop, which delivers it after those posted before. Any thread.</summary>
    public void Post(Topic topic, PostedFrame frame) =>
        loop.Post(static item => ((LoopWorkItem)item!).Run(), new DeliverWorkItem(this, topic, frame));

    /// <summary>
    /// Delivers a message that was published on this loop, and charges it to the current turn. When the turn is used up, the remaining
    /// deliveries follow in the next batches; until then the publisher is held.
    /// </summary>
    public void Deliver(Topic topic, SharedFrame frame)
    {
        (topic as KeptTopic)?.TryBegin(LoopIndex, frame);
        if (topic.SubscribersOn(LoopIndex) is not { } subscribers) return;
        int left = loop.IsOutputGathered ? subscribers.Count
            : IsInTurn ? Deliver(subscribers, frame, subscribers.Count)
            : DeliverInPostedTurn(subscribers, frame);
        if (left == 0) return;
        if (hub.Backlog.TryAdd(frame.BacklogBytes))
        {
            topic.OnWaiting(LoopIndex);
            Suspend(topic, subscribers, new PostedFrame(frame, 0), left);
            HoldPublisher(subscribers.Unfinished);
            return;
        }

        // A message that has reached some subscribers must not be dropped for the others.
        while (left > 0) left = Deliver(subscribers, frame, left);
    }

    /// <summary>
    /// Charges a message that was published on this loop and waits behind others: a publisher's turn must end even if its messages only
    /// wait.
    /// </summary>
    public void ChargeWaiting(Topic topic, SharedFrame frame)
    {
        if (!IsInTurn || topic.SubscribersOn(LoopIndex) is not { } subscribers) return;
        // A handler may publish without end within one call. Stop charging once the turn is spent, so that the number does not overflow.
        if (!turn.IsSpent) turn.Charge(frame.UnitsFor(subscribers.Count));
        HoldPublisher(subscribers.Unfinished);
    }

    /// <summary>Delivers a message to the first subscribers of the list until the turn is used up.</summary>
    /// <param name="subscribers">The subscribers.</param>
    /// <param name="frame">The message.</param>
    /// <param name="count">How many subscribers have not got it yet: the first of the list.</param>
    /// <returns>How many have not got it yet.</returns>
    public int Deliver(ISubscribers subscribers, SharedFrame frame, int count)
    {
        _missed = 0;
        int left = subscribers.Deliver(frame, count, turn);
        _delivered += count - left - _missed;
        return left;
    }

    /// <summary>Counts a message that was published on this loop, and holds its connection while the backlog is high.</summary>
    public void OnPublished()
    {
        Published++;
        if (hub.Backlog.IsHigh && Publisher is { } publisher && publisher.TryHold()) WaitForBacklog(publisher);
    }

    /// <summary>
    /// Called when a subscriber does not get a message: it is closing, its output is full, or it published the message. Only these are
    /// counted, so that counting costs a delivery nothing.
    /// </summary>
    public void OnMissed() => _missed++;

    /// <summary>Called when a message that waited has been delivered to all subscribers on this loop.</summary>
    public void OnDelivered(Topic topic, PostedFrame posted)
    {
        topic.OnDelivered(LoopIndex);
        hub.Backlog.Remove(posted.Frame.BacklogBytes, posted.Units);
    }

    /// <inheritdoc/>
    void IBacklogWaiter.OnBacklogLow() => loop.Post(static topics => ((LoopTopics)topics!).ReleasePublishers(), this);

    /// <summary>Continues unfinished deliveries at the end of a batch, in a turn of their own.</summary>
    /// <returns>Whether work is left: then the next batch should come at once.</returns>
    public bool OnBatchEnd() => (_unfinished.Count > 0 || !_recoveries.IsEmpty) && GoOn();

    private void CountRecovery(bool isComplete)
    {
        if (isComplete) CompleteRecoveries++;
        else IncompleteRecoveries++;
    }

    private LocalTopic FindOrAdd(string name)
    {
        Debug.Assert(IsCurrent, "A subscription is made on its loop.");
        SubscriptionCount++;
        if (_topics.TryGetValue(name, out LocalTopic? known)) return known;
        Topic topic = hub.Join(name, LoopIndex);
        var local = new LocalTopic(topic, this);
        _topics.Add(name, local);
        topic.SetSubscribers(LoopIndex, local);
        return local;
    }

    private bool GoOn()
    {
        // Wait until the gathered output has been sent: more deliveries would only queue behind it.
        if (loop.IsOutputGathered) return true;
        if (_unfinished.Count > 0) GoOnDelivering();
        if (!_recoveries.IsEmpty) _recoveries.GoOn();
        return _unfinished.Count > 0 || !_recoveries.IsEmpty;
    }

    private void GoOnDelivering()
    {
        LoopTurn.Interrupted interrupted = turn.Begin(null);
        do
        {
            UnfinishedDelivery delivery = _unfinished.Dequeue();
            // An unfinished delivery goes to the end of the queue, so that the others come first in the next batch.
            if (delivery.Continue(turn, this)) Finish(delivery);
            else _unfinished.Enqueue(delivery);
        }
        while (_unfinished.Count > 0 && !turn.IsSpent);
        turn.End(interrupted);
    }

    private void WaitForBacklog(IPublisher publisher)
    {
        _waitingPublishers.Add(publisher);
        if (_waitingPublishers.Count == 1) hub.Backlog.Wait(this);
    }

    private void ReleasePublishers()
    {
        if (hub.Backlog.IsHigh)
        {
            hub.Backlog.Wait(this);
            return;
        }

        List<IPublisher> released = _waitingPublishers;
        _waitingPublishers = [];
        foreach (IPublisher publisher in released) publisher.Release();
    }

    private void HoldPublisher(UnfinishedDelivery? unfinished)
    {
        if (unfinished is not null && Publisher is { } publisher && publisher.TryHold()) unfinished.Held.Add(publisher);
    }

    private void Suspend(Topic topic, ISubscribers subscribers, PostedFrame frame, int left)
    {
        subscribers.Unfinished = new UnfinishedDelivery(topic, subscribers, frame, left);
        _unfinished.Enqueue(subscribers.Unfinished);
    }

    private void Finish(UnfinishedDelivery delivery)
    {
        delivery.Subscribers.Unfinished = null;
        bool isHigh = hub.Backlog.IsHigh;
        foreach (IPublisher publisher in delivery.Held)
        {
            if (isHigh) WaitForBacklog(publisher);
            else publisher.Release();
        }

        if (delivery.Subscribers is LocalTopic local) LeaveIfUnused(local);
    }

    private void DeliverPosted(Topic topic, PostedFrame posted)
    {
        ISubscribers? subscribers = topic.SubscribersOn(LoopIndex);
        if (subscribers?.Unfinished is { } unfinished)
        {
            unfinished.Add(posted);
            return;
        }

        // All earlier subscribers may have left, and the current ones may have come after the message.
        if (topic is KeptTopic kept && !kept.TryBegin(LoopIndex, posted.Frame)) subscribers = null;
        int left = subscribers is null ? 0 : DeliverInPostedTurn(subscribers, posted.Frame);
        if (left == 0) OnDelivered(topic, posted);
        else Suspend(topic, subscribers!, posted, left);
    }

    /// <summary>
    /// Delivers and charges the turn that all posted work of a batch shares. If it is used up, the remaining posted work waits for the next
    /// batch, in order.
    /// </summary>
    private int DeliverInPostedTurn(ISubscribers subscribers, SharedFrame frame)
    {
        LoopTurn.Interrupted interrupted = turn.BeginPosted(null);
        int left = Deliver(subscribers, frame, subscribers.Count);
        if (turn.EndPosted(interrupted)) loop.DeferPosted();
        return left;
    }

    private sealed class DeliverWorkItem(LoopTopics topics, Topic topic, PostedFrame frame) : LoopWorkItem
    {
        public override void Run() => topics.DeliverPosted(topic, frame);
    }
}
