using WsAot.Loops;

namespace WsAot.Topics;

/// <summary>
/// The subscriptions of one loop that are given messages that were kept, a few at a time, in turns of their own. Used on that loop unless a
/// member says otherwise.
/// </summary>
internal sealed class LoopRecoveries(LoopTurn turn, int loopIndex)
{
    /// <summary>The messages that one of them gets before it is the next one's turn.</summary>
    private const int Together = 16;

    private readonly Queue<RecoveringSubscription> _queue = new();
    private readonly KeptMessage[] _messages = new KeptMessage[Together];

    // A crowd that comes back after an outage recovers the same messages: their compressed forms are made once.
    private readonly KeptFrame?[] _shared = new KeptFrame?[64];

    /// <summary>Whether there are none that can go on.</summary>
    public bool IsEmpty => _queue.Count == 0;

    /// <summary>The messages that were queued for a connection. Any thread.</summary>
    public long Recovered { get; private set; }

    /// <summary>Begins at the end of the batch, so that the answer to the client goes first.</summary>
    public void Add(RecoveringSubscription subscription) => _queue.Enqueue(subscription);

    /// <summary>There is room in the output of the connection.</summary>
    public void Resume(Subscription subscription)
    {
        if (subscription is not RecoveringSubscription { IsHeld: true } held) return;
        held.IsHeld = false;
        _queue.Enqueue(held);
    }

    /// <summary>Goes on until the turn is used up, or each of them has been looked at.</summary>
    public void GoOn()
    {
        LoopTurn.Interrupted interrupted = turn.Begin(null);
        // Once each: one may wait for a message that itself waits on this loop.
        for (int left = _queue.Count; left > 0 && !turn.IsSpent; left--)
        {
            RecoveringSubscription subscription = _queue.Dequeue();
            if (!subscription.IsCancelled && !Recover(subscription)) _queue.Enqueue(subscription);
        }

        turn.End(interrupted);
        if (_queue.Count == 0) Array.Clear(_shared);
    }

    /// <returns>Whether it has caught up, or is held.</returns>
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
