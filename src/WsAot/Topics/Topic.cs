namespace WsAot.Topics;

/// <summary>
/// A topic of the whole server: which loops have subscribers, and the one order in which all of them get its messages. Any thread.
/// </summary>
/// <remarks>
/// When several loops publish, each message gets its place in the order under the topic's lock, and enters the queues of all loops at once.
/// On its own loop a message is delivered before publishing returns, unless earlier messages still wait there: then it waits behind them;
/// or its turn is used up: then those subscribers that are left get it in the next batches.
/// </remarks>
internal class Topic(TopicHub hub, string name, int loops)
{
    // Also the lock for everything here, so that a topic with one subscriber is not three objects.
    private readonly LoopShare[] _shares = new LoopShare[loops];
    private int _interest;
    private bool _isRetired;

    public string Name { get; } = name;

    /// <summary>Whether it is needed although nobody subscribes. Under the lock.</summary>
    protected virtual bool IsNeeded => false;

    /// <summary>What everything here is locked by.</summary>
    protected object Lock => _shares;

    protected TopicHub Hub => hub;

    /// <summary>Whether it has a subscriber, or is about to get one. Any thread.</summary>
    public bool IsUsed => Volatile.Read(ref _interest) > 0;

    /// <summary>Counts a loop that has a subscriber, or is about to get one: from now on it gets the topic's messages.</summary>
    /// <returns>False if the topic has just lost its last subscriber and the hub has removed it.</returns>
    public bool TryJoin(int loop)
    {
        lock (_shares)
        {
            if (_isRetired) return false;
            if (_shares[loop].Interest++ == 0) OnFirstOn(loop);
            if (++_interest == 1) hub.OnFirstJoined(this);
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
            _isRetired = !IsNeeded;
            hub.OnLastLeft(this, _isRetired);
        }
    }

    /// <summary>Gives a message its place in the topic's order, and has every loop with subscribers deliver it.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="here">The loop that the caller is on; null on any other thread.</param>
    /// <returns>False if the topic was removed meanwhile: the message belongs into another one of its name.</returns>
    public bool TryPublish(SharedFrame frame, LoopTopics? here)
    {
        // On a single loop nothing else can come between: what is posted meanwhile is delivered after this.
        if (_shares.Length == 1 && here is not null && this is not KeptTopic && Volatile.Read(ref _shares[0].Waiting) == 0)
        {
            here.Deliver(this, frame);
            return true;
        }

        bool isDeliveredHere = false;
        bool isDropped = false;
        lock (_shares)
        {
            if (this is KeptTopic kept)
            {
                if (_isRetired) return false;
                kept.Keep((KeptFrame)frame);
            }

            for (int loop = 0; loop < _shares.Length; loop++)
            {
                if (_shares[loop].Interest == 0) continue;
                if (here is not null && here.LoopIndex == loop && Volatile.Read(ref _shares[loop].Waiting) == 0) isDeliveredHere = true;
                else isDropped |= !TryPost(loop, frame);
            }
        }

        if (isDropped) hub.OnDropped(this);
        // A message published from now on reaches this loop later, so the order holds.
        if (isDeliveredHere) here!.Deliver(this, frame);
        else here?.ChargeWaiting(this, frame);
        return true;
    }

    /// <summary>The number of subscribers on all loops: those that come and go at the moment may be counted or not. Any thread.</summary>
    public int CountSubscribers()
    {
        int count = 0;
        foreach (ref LoopShare share in _shares.AsSpan()) count += Volatile.Read(ref share.Subscribers)?.Count ?? 0;
        return count;
    }

    /// <summary>The subscribers on a loop; null if there are none. Called on that loop.</summary>
    public ISubscribers? SubscribersOn(int loop) => _shares[loop].Subscribers;

    /// <summary>Counts a message that waits on a loop, and keeps the place of those behind it. Called on that loop.</summary>
    public void OnWaiting(int loop) => Interlocked.Increment(ref _shares[loop].Waiting);

    /// <summary>A message that waited on a loop has been delivered there. Called on that loop.</summary>
    public void OnDelivered(int loop) => Interlocked.Decrement(ref _shares[loop].Waiting);

    /// <summary>Sets the subscribers on a loop; null if there are none. Called on that loop.</summary>
    public void SetSubscribers(int loop, ISubscribers? subscribers) => _shares[loop].Subscribers = subscribers;

    /// <summary>A loop gets the messages from now on. Under the lock.</summary>
    protected virtual void OnFirstOn(int loop)
    {
    }

    /// <summary>Ends the topic if nobody needs it. Under the lock.</summary>
    protected void RetireIfUnused()
    {
        if (_isRetired || _interest > 0 || IsNeeded) return;
        _isRetired = true;
        hub.Remove(this);
    }

    private bool TryPost(int loop, SharedFrame frame)
    {
        // Before it is posted: the loop may deliver it at once.
        Interlocked.Increment(ref _shares[loop].Waiting);
        // Its subscribers may come and go meanwhile: it is an estimate.
        int units = frame.UnitsFor(_shares[loop].Subscribers?.Count ?? 0);
        if (hub.TryPost(loop, this, frame, units)) return true;
        Interlocked.Decrement(ref _shares[loop].Waiting);
        return false;
    }

    /// <summary>The topic's state for one loop.</summary>
    private struct LoopShare
    {
        /// <summary>The subscribers on the loop. Used on the loop only; other threads may ask how many they are.</summary>
        public ISubscribers? Subscribers;

        /// <summary>1 while the loop has subscribers, plus 1 for each posted subscription.</summary>
        public int Interest;

        /// <summary>The number of messages that wait in the loop's queue, or are not delivered to all subscribers on the loop.</summary>
        public int Waiting;
    }
}
