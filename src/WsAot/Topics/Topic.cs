namespace WsAot.Topics;

/// <summary>
/// A topic of the whole server: which loops have subscribers, and the one order in which all of them get what is published. Any thread.
/// </summary>
/// <remarks>
/// Where several loops publish, each message takes its place under the topic's lock, and in every loop's queue at once. On its own loop
/// a message is delivered before publishing returns, unless others that came before it still wait there: then it waits behind them.
/// </remarks>
internal sealed class Topic(TopicHub hub, string name, int loops)
{
    // Also the lock of all that is here: a topic that has one subscriber should not have three objects.
    private readonly LoopShare[] _shares = new LoopShare[loops];
    private int _interest;
    private bool _isRetired;

    public string Name { get; } = name;

    /// <summary>Counts a loop that has subscribers, or is about to: from now on it gets what is published.</summary>
    /// <returns>False: the topic has just lost its last one, and is the hub's no more.</returns>
    public bool TryJoin(int loop)
    {
        lock (_shares)
        {
            if (_isRetired) return false;
            _shares[loop].Interest++;
            if (++_interest == 1) hub.OnFirstJoined(this);
            return true;
        }
    }

    /// <summary>Takes back one <see cref="TryJoin"/>.</summary>
    public void Leave(int loop)
    {
        lock (_shares)
        {
            _shares[loop].Interest--;
            if (--_interest > 0) return;
            _isRetired = true;
            hub.OnLastLeft(this);
        }
    }

    /// <summary>Gives a message its place among the topic's others, and has every loop deliver it that has subscribers.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="here">The loop on which this is called; null on any other thread.</param>
    /// <returns>To how many subscribers it has been delivered when the call returns: those on this loop.</returns>
    public int Publish(SharedFrame frame, LoopTopics? here)
    {
        // A single loop is order enough.
        if (_shares.Length == 1 && here is not null) return Deliver(0, frame);

        bool isDeliveredHere = false;
        lock (_shares)
        {
            for (int loop = 0; loop < _shares.Length; loop++)
            {
                if (_shares[loop].Interest == 0) continue;
                if (here is not null && here.LoopIndex == loop && Volatile.Read(ref _shares[loop].Waiting) == 0) isDeliveredHere = true;
                else if (hub.TryPost(loop, this, frame)) Interlocked.Increment(ref _shares[loop].Waiting);
            }
        }

        // Whatever is published from now on, this loop can only get to it later.
        return isDeliveredHere ? Deliver(here!.LoopIndex, frame) : 0;
    }

    /// <summary>A message that waited for a loop is delivered there.</summary>
    /// <returns>To how many.</returns>
    public int DeliverWaiting(int loop, SharedFrame frame)
    {
        Interlocked.Decrement(ref _shares[loop].Waiting);
        return Deliver(loop, frame);
    }

    /// <summary>Says who hears the topic on a loop; null: nobody. On that loop.</summary>
    public void SetSubscribers(int loop, ISubscribers? subscribers) => _shares[loop].Subscribers = subscribers;

    private int Deliver(int loop, SharedFrame frame) => _shares[loop].Subscribers?.Deliver(frame) ?? 0;

    /// <summary>What the topic is to one loop.</summary>
    private struct LoopShare
    {
        /// <summary>Its subscribers. Used on the loop only.</summary>
        public ISubscribers? Subscribers;

        /// <summary>1 while the loop has subscribers, and 1 for each that is on its way there.</summary>
        public int Interest;

        /// <summary>Messages that wait in the loop's queue.</summary>
        public int Waiting;
    }
}
