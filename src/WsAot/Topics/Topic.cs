using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// A topic of the whole server. It knows which loops have subscribers, and gives its messages one order for all of them. Any thread.
/// </summary>
/// <remarks>
/// When several loops publish, each message gets its place in the order under the topic's lock, and enters the queues of all loops at once.
/// On the publisher's loop, a message is delivered before publishing returns, with two exceptions. If earlier messages still wait there, it
/// waits behind them. If the turn is used up, the remaining subscribers get it in the next batches.
/// </remarks>
internal class Topic
{
    private readonly TopicHub _hub;

    // Also the lock of the topic, so that a topic with one subscriber takes one object less.
    private readonly LoopShare[] _shares;
    private TopicPresence? _presence;
    private int _interest;

    /// <param name="hub">The topics of the server.</param>
    /// <param name="name">The name.</param>
    /// <param name="loops">The number of loops.</param>
    /// <param name="rule">The topic's rule; null if it has none.</param>
    public Topic(TopicHub hub, string name, int loops, TopicRule? rule = null)
    {
        (_hub, Name, Rule, _shares) = (hub, name, rule, new LoopShare[loops]);
        QuotedName = rule?.Format?.Quote(name);
    }

    public string Name { get; }

    /// <summary>The topic's rule; null if it has none.</summary>
    public TopicRule? Rule { get; }

    /// <summary>The name as a JSON string, for messages; null if messages do not contain it.</summary>
    public byte[]? QuotedName { get; }

    /// <summary>The presence of the topic; null if the rule has none.</summary>
    // Created on demand, so that other topics need no memory for it.
    public TopicPresence? Presence => Rule is not { Options.Presence: true } ? null
        : Volatile.Read(ref _presence) ?? Interlocked.CompareExchange(ref _presence, new TopicPresence(_hub, this, _shares.Length), null)
        ?? _presence;

    /// <summary>Whether the hub has removed it, because it was no longer needed. Under the lock.</summary>
    protected bool IsRetired { get; private set; }

    /// <summary>Whether it is needed even without subscribers. Under the lock.</summary>
    protected virtual bool IsNeeded => false;

    /// <summary>The lock of the topic.</summary>
    protected object Lock => _shares;

    protected TopicHub Hub => _hub;

    /// <summary>Whether it has a subscriber, or is about to get one. Any thread.</summary>
    public bool IsUsed => Volatile.Read(ref _interest) > 0;

    /// <summary>Counts a loop that has a subscriber, or is about to get one: from now on it gets the topic's messages.</summary>
    /// <returns>False if the topic has just lost its last subscriber and the hub has removed it.</returns>
    public bool TryJoin(int loop)
    {
        lock (_shares)
        {
            if (IsRetired) return false;
            if (_shares[loop].Interest++ == 0) OnFirstOn(loop);
            if (++_interest == 1) OnFirstJoined();
            return true;
        }
    }

    /// <summary>Reverts one <see cref="TryJoin"/>.</summary>
    public void Leave(int loop)
    {
        lock (_shares)
        {
            _shares[loop].Interest--;
            if (--_interest > 0) return;
            bool isRetired = IsRetired || !IsNeeded;
            OnLastLeft(isRetired);
            IsRetired = isRetired;
        }
    }

    /// <summary>Puts a message into the topic's order, and has every loop with subscribers deliver it.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="here">The loop that the caller is on; null on any other thread.</param>
    public void Publish(SharedFrame frame, LoopTopics? here)
    {
        // On a single loop, no message can come in between: messages posted meanwhile are delivered after this one.
        if (_shares.Length == 1 && here is not null && Volatile.Read(ref _shares[0].Waiting) == 0)
        {
            here.Deliver(this, frame);
            return;
        }

        Queued queued;
        lock (_shares) queued = Enqueue(frame, here);
        Finish(frame, here, queued);
    }

    /// <summary>Creates the frame of a message, for a topic without history.</summary>
    public SharedFrame CreateFrame(Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except)
    {
        if (QuotedName is null) return new SharedFrame(opcode, payload) { Except = except };
        return new SharedFrame(Rule!.Format!.CreateFrame(opcode, payload, QuotedName, offset: 0, before: 0)) { Except = except };
    }

    /// <summary>
    /// The number of subscribers on all loops. Subscribers that come or go during the call may or may not be counted. Any thread.
    /// </summary>
    public int CountSubscribers()
    {
        int count = 0;
        foreach (ref LoopShare share in _shares.AsSpan()) count += Volatile.Read(ref share.Subscribers)?.Count ?? 0;
        return count;
    }

    /// <summary>The subscribers on a loop; null if there are none. Called on that loop.</summary>
    public ISubscribers? SubscribersOn(int loop) => _shares[loop].Subscribers;

    /// <summary>Counts a message that waits on a loop, so that later messages wait behind it. Called on that loop.</summary>
    public void OnWaiting(int loop) => Interlocked.Increment(ref _shares[loop].Waiting);

    /// <summary>Called when a message that waited on a loop has been delivered there. Called on that loop.</summary>
    public void OnDelivered(int loop) => Interlocked.Decrement(ref _shares[loop].Waiting);

    /// <summary>Sets the subscribers on a loop; null if there are none. Called on that loop.</summary>
    public void SetSubscribers(int loop, ISubscribers? subscribers) => _shares[loop].Subscribers = subscribers;

    /// <summary>Whether messages wait on a loop, or have not reached all of its subscribers. Under the lock, on that loop.</summary>
    protected bool IsWaitingOn(int loop) => Volatile.Read(ref _shares[loop].Waiting) > 0;

    /// <summary>Called when a loop gets its first subscriber. Under the lock.</summary>
    protected virtual void OnFirstOn(int loop)
    {
    }

    /// <summary>Called when the topic gets its first subscriber. Under the lock.</summary>
    protected virtual void OnFirstJoined() => _hub.OnFirstJoined(this);

    /// <summary>Called when the topic loses its last subscriber. Under the lock.</summary>
    /// <param name="isRetired">Whether the topic has ended, because it is no longer needed.</param>
    protected virtual void OnLastLeft(bool isRetired) => _hub.OnLastLeft(this, isRetired);

    /// <summary>Ends the topic if it is no longer needed. Under the lock.</summary>
    protected void RetireIfUnused()
    {
        if (IsRetired || _interest > 0 || IsNeeded) return;
        IsRetired = true;
        _hub.Remove(this);
    }

    /// <summary>Ends the topic even if it has subscribers. Under the lock.</summary>
    /// <returns>False if it has ended already.</returns>
    protected bool TryRetire()
    {
        if (IsRetired) return false;
        IsRetired = true;
        _hub.Remove(this);
        return true;
    }

    /// <summary>Queues a message on each loop. Under the lock.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="here">The loop that the caller is on; null on any other thread.</param>
    protected Queued Enqueue(SharedFrame frame, LoopTopics? here)
    {
        bool isDeliveredHere = false;
        bool isDropped = false;
        for (int loop = 0; loop < _shares.Length; loop++)
        {
            if (_shares[loop].Interest == 0) continue;
            if (here is not null && here.LoopIndex == loop && Volatile.Read(ref _shares[loop].Waiting) == 0) isDeliveredHere = true;
            else isDropped |= !TryPost(loop, frame);
        }

        return new Queued(isDeliveredHere, isDropped);
    }

    /// <summary>Delivers the message on the caller's loop if it was not queued there. Not under the lock.</summary>
    protected void Finish(SharedFrame frame, LoopTopics? here, Queued queued)
    {
        if (queued.IsDropped) _hub.OnDropped(this);
        // A message published from now on reaches this loop later, so the order is kept.
        if (queued.IsForHere) here!.Deliver(this, frame);
        else here?.ChargeWaiting(this, frame);
    }

    private bool TryPost(int loop, SharedFrame frame)
    {
        // Count it before it is posted, because the loop may deliver it at once.
        Interlocked.Increment(ref _shares[loop].Waiting);
        // Only an estimate, because subscribers may come and go before the delivery.
        int units = frame.UnitsFor(_shares[loop].Subscribers?.Count ?? 0);
        if (_hub.TryPost(loop, this, frame, units)) return true;
        Interlocked.Decrement(ref _shares[loop].Waiting);
        return false;
    }

    /// <summary>What happened to a message.</summary>
    /// <param name="IsForHere">Whether the caller delivers it on its loop.</param>
    /// <param name="IsDropped">Whether the queue of some loop was full.</param>
    protected readonly record struct Queued(bool IsForHere, bool IsDropped);

    /// <summary>The topic's state for one loop.</summary>
    private struct LoopShare
    {
        /// <summary>The subscribers on the loop. Used on the loop only; other threads may read the count.</summary>
        public ISubscribers? Subscribers;

        /// <summary>1 while the loop has subscribers, plus 1 for each posted subscription.</summary>
        public int Interest;

        /// <summary>
        /// The number of messages that wait in the loop's queue, or have not been delivered to all subscribers on the loop.
        /// </summary>
        public int Waiting;
    }
}
