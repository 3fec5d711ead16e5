using WsAot.Loops;

namespace WsAot.Topics;

/// <summary>
/// The subscriptions of one loop that are catching up on stored messages. They get a few messages at a time, in turns of their own. Used on
/// that loop unless a member says otherwise.
/// </summary>
internal sealed class LoopRecoveries(LoopTurn turn, int loopIndex)
{
    /// <summary>How many messages a subscription gets before the next one continues.</summary>
    private const int Together = 16;

    private readonly Queue<RecoveringSubscription> _queue = new();
    private readonly KeptMessage[] _messages = new KeptMessage[Together];

    // Clients that reconnect after an outage recover the same messages, so these are framed and compressed only once.
    private readonly KeptFrame?[] _shared = new KeptFrame?[64];

    /// <summary>Whether no subscription can continue.</summary>
    public bool IsEmpty => _queue.Count == 0;

    /// <summary>The number of stored messages that were queued for connections. Any thread.</summary>
    public long Recovered { get; private set; }

    /// <summary>Adds a subscription. It begins at the end of the batch, so that the answer to the client is sent first.</summary>
    public void Add(RecoveringSubscription subscription) => _queue.Enqueue(subscription);

    /// <summary>Continues a subscription whose connection has room in its output again.</summary>
    public void Resume(Subscription subscription)
    {
        if (subscription is not RecoveringSubscription { IsHeld: true } held) return;
        held.IsHeld = false;
        _queue.Enqueue(held);
    }

    /// <summary>Continues until the turn is used up or every subscription has had its share.</summary>
    public void GoOn()
    {
        LoopTurn.Interrupted interrupted = turn.Begin(null);
        // Visit each only once: a subscription may wait for a message that itself waits on this loop.
        for (int left = _queue.Count; left > 0 && !turn.IsSpent; left--)
        {
            RecoveringSubscription subscription = _queue.Dequeue();
            if (!subscription.IsCancelled && !Recover(subscription)) _queue.Enqueue(subscription);
        }

        turn.End(interrupted);
        if (_queue.Count == 0) Array.Clear(_shared);
    }

    /// <returns>Whether it has caught up or is held, so that it leaves the queue.</returns>
    private bool Recover(RecoveringSubscription subscription)
    {
        long after = subscription.After;
        int count = subscription.Kept.CopyBegun(loopIndex, ref after, _messages, out bool isEnd);
        subscription.After = after;
        for (int i = 0; i < count; i++)
        {
            KeptFrame frame = Share(_messages[i]);
            if (!subscription.Subscriber.TryRecover(frame))
            {
                subscription.IsHeld = true;
                return true;
            }

            subscription.After = frame.Offset;
            Recovered++;
            turn.Charge(TurnCosts.Message + frame.DeliveryUnits);
        }

        if (isEnd) subscription.Topic.OnCaughtUp(subscription);
        return isEnd;
    }

    private KeptFrame Share(KeptMessage message)
    {
        ref KeptFrame? shared = ref _shared[message.Offset % _shared.Length];
        if (!ReferenceEquals(shared?.Bytes, message.Frame)) shared = new KeptFrame(message.Frame, message.Offset);
        return shared;
    }
}
