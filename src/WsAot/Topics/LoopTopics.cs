using WsAot.Loops;
using WsAot.Protocol.Frames;
using WsAot.Transport;

namespace WsAot.Topics;

/// <summary>The topics that have subscribers on one loop, and the publishers there that wait. On that loop, where nothing else is said.</summary>
internal sealed class LoopTopics(TopicHub hub, TransportLoop loop, LoopTurn turn, int loopIndex) : IBacklogWaiter
{
    private readonly Dictionary<string, LocalTopic> _topics = new(StringComparer.Ordinal);
    private List<IPublisher> _waitingPublishers = [];
    private long _postedDeliveries;

    /// <summary>Its place among the hub's loops. Any thread.</summary>
    public int LoopIndex { get; } = loopIndex;

    /// <summary>Whether the caller is on this loop. Any thread.</summary>
    public bool IsCurrent => loop.IsCurrent;

    public int Count => _topics.Count;

    public Subscription Subscribe(string name, ISubscriber subscriber)
    {
        if (_topics.TryGetValue(name, out LocalTopic? known)) return known.Add(subscriber);
        Topic topic = hub.Join(name, LoopIndex);
        var local = new LocalTopic(topic);
        _topics.Add(name, local);
        topic.SetSubscribers(LoopIndex, local);
        return local.Add(subscriber);
    }

    public void Unsubscribe(Subscription subscription)
    {
        LocalTopic topic = subscription.Topic;
        topic.Remove(subscription);
        if (!topic.IsEmpty) return;
        _topics.Remove(topic.Topic.Name);
        topic.Topic.SetSubscribers(LoopIndex, null);
        topic.Topic.Leave(LoopIndex);
    }

    /// <summary>
    /// Has messages come here that are published after a subscription was posted, and before it is made; until
    /// <see cref="ForgetExpected"/>. Any thread.
    /// </summary>
    public Topic Expect(string name) => hub.Join(name, LoopIndex);

    /// <summary>The subscription that was expected has been made, or has become void.</summary>
    public void ForgetExpected(Topic topic) => topic.Leave(LoopIndex);

    /// <summary>Publishes for a connection of this loop. Any thread.</summary>
    public void Publish(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        hub.Publish(topic, opcode, payload, IsCurrent ? this : null);

    /// <summary>Delivers a message here after those that wait already. Any thread.</summary>
    public void Post(Topic topic, SharedFrame frame) =>
        loop.Post(static item => ((LoopWorkItem)item!).Run(), new DeliverWorkItem(this, topic, frame));

    /// <summary>
    /// Something was published on this loop: the current turn is charged, and its connection held back while too much waits. Between turns
    /// it is the batch that is charged.
    /// </summary>
    /// <param name="deliveries">To so many here.</param>
    public void OnPublished(int deliveries)
    {
        if (turn.Current is null && loop.Served is null)
        {
            ChargePosted(deliveries);
            return;
        }

        turn.ChargeDeliveries(deliveries);
        if (!hub.Backlog.IsHigh) return;
        IPublisher? publisher = turn.Current ?? (loop.Served as TransportConnection)?.Handler as IPublisher;
        publisher?.OnBacklogHigh();
    }

    /// <summary>Tells a publisher once what waits has been delivered.</summary>
    public void WaitForBacklog(IPublisher publisher)
    {
        _waitingPublishers.Add(publisher);
        if (_waitingPublishers.Count == 1) hub.Backlog.Wait(this);
    }

    /// <inheritdoc/>
    void IBacklogWaiter.OnBacklogLow() => loop.Post(static topics => ((LoopTopics)topics!).ReleasePublishers(), this);

    /// <summary>
    /// Charges the batch for what posted work has delivered. Beyond what one turn may deliver, the rest of what was posted waits for the next
    /// batch, in order, so that the connections of this loop have their turns.
    /// </summary>
    public void ChargePosted(long deliveries)
    {
        _postedDeliveries += deliveries;
        if (_postedDeliveries < TurnLimits.MaxDeliveries) return;
        _postedDeliveries = 0;
        loop.DeferPosted();
    }

    /// <summary>The batch has ended.</summary>
    public void OnBatchEnd() => _postedDeliveries = 0;

    private void ReleasePublishers()
    {
        if (hub.Backlog.IsHigh)
        {
            hub.Backlog.Wait(this);
            return;
        }

        List<IPublisher> released = _waitingPublishers;
        _waitingPublishers = [];
        foreach (IPublisher publisher in released) publisher.OnBacklogLow();
    }

    private void DeliverPosted(Topic topic, SharedFrame frame)
    {
        hub.Backlog.Remove(frame.BacklogBytes);
        ChargePosted(topic.DeliverWaiting(LoopIndex, frame));
    }

    private sealed class DeliverWorkItem(LoopTopics topics, Topic topic, SharedFrame frame) : LoopWorkItem
    {
        public override void Run() => topics.DeliverPosted(topic, frame);
    }
}
