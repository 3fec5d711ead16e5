using System.Diagnostics;
using WsAot.Loops;
using WsAot.Memory;
using WsAot.Transport;

namespace WsAot.Topics;

/// <summary>
/// The topics with subscribers on one loop, and the loop's publishers that wait for the backlog. Used on that loop unless a member says
/// otherwise.
/// </summary>
internal sealed class LoopTopics(TopicHub hub, TransportLoop loop, LoopTurn turn, int loopIndex) : IBacklogWaiter
{
    private readonly Dictionary<string, LocalTopic> _topics = new(StringComparer.Ordinal);
    private List<IPublisher> _waitingPublishers = [];
    private long _postedDeliveries;

    /// <summary>The loop's index in the hub. Any thread.</summary>
    public int LoopIndex { get; } = loopIndex;

    /// <summary>Whether the caller is on this loop. Any thread.</summary>
    public bool IsCurrent => loop.IsCurrent;

    public int Count => _topics.Count;

    public Subscription Subscribe(string name, ISubscriber subscriber)
    {
        Debug.Assert(IsCurrent, "A subscription is made on its loop.");
        if (_topics.TryGetValue(name, out LocalTopic? known)) return known.Add(subscriber);
        Topic topic = hub.Join(name, LoopIndex);
        var local = new LocalTopic(topic);
        _topics.Add(name, local);
        topic.SetSubscribers(LoopIndex, local);
        return local.Add(subscriber);
    }

    public void Unsubscribe(Subscription subscription)
    {
        Debug.Assert(IsCurrent, "A subscription is removed on its loop.");
        LocalTopic topic = subscription.Topic;
        topic.Remove(subscription);
        if (!topic.IsEmpty) return;
        _topics.Remove(topic.Topic.Name);
        Containers.Shrink(_topics);
        topic.Topic.SetSubscribers(LoopIndex, null);
        topic.Topic.Leave(LoopIndex);
    }

    /// <summary>
    /// Makes sure that this loop gets messages published after a subscription was posted and before it is made, until <see
    /// cref="ForgetExpected"/>. Any thread.
    /// </summary>
    public Topic Expect(string name) => hub.Join(name, LoopIndex);

    /// <summary>The expected subscription has been made, or the connection has closed.</summary>
    public void ForgetExpected(Topic topic) => topic.Leave(LoopIndex);

    /// <summary>Posts a message to this loop, which delivers it after those posted before. Any thread.</summary>
    public void Post(Topic topic, SharedFrame frame) =>
        loop.Post(static item => ((LoopWorkItem)item!).Run(), new DeliverWorkItem(this, topic, frame));

    /// <summary>
    /// A message was published on this loop. Charges the current turn, and slows its connection down while the backlog is high. Between
    /// turns, charges the batch.
    /// </summary>
    /// <param name="deliveries">The number of subscribers on this loop that got the message.</param>
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

    /// <summary>Notifies a publisher when the backlog is below the high mark.</summary>
    public void WaitForBacklog(IPublisher publisher)
    {
        _waitingPublishers.Add(publisher);
        if (_waitingPublishers.Count == 1) hub.Backlog.Wait(this);
    }

    /// <inheritdoc/>
    void IBacklogWaiter.OnBacklogLow() => loop.Post(static topics => ((LoopTopics)topics!).ReleasePublishers(), this);

    /// <summary>
    /// Charges the batch for deliveries of posted work. Above the limit of one turn, the remaining posted work waits for the next batch, in
    /// order, so that the connections of this loop get their turns.
    /// </summary>
    public void ChargePosted(long deliveries)
    {
        _postedDeliveries += deliveries;
        if (_postedDeliveries < turn.MaxDeliveries) return;
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
        foreach (IPublisher publisher in released)
        {
            try
            {
                publisher.OnBacklogLow();
            }
            catch (Exception exception)
            {
                // The others wait for this call, too.
                hub.OnFailed(exception);
            }
        }
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
