namespace WsAot.Topics;

/// <summary>
/// A topic of the whole server: which loops have subscribers, and the one order in which all of them get its messages. Any thread.
/// </summary>
/// <remarks>
/// When several loops publish, each message gets its place in the order under the topic's lock, and enters the queues of all loops at once.
/// On its own loop a message is delivered before publishing returns, unless earlier messages still wait there: then it waits behind them;
/// or its turn is used up: then those subscribers that are left get it in the next batches.
/// </remarks>
/// <param name="hub">The topics of the server.</param>
/// <param name="name">The name.</param>
/// <param name="loops">How many loops there are.</param>
/// <param name="history">The messages that are kept; null: none.</param>
internal sealed class Topic(TopicHub hub, string name, int loops, TopicHistory? history = null)
{
    // Also the lock for everything here, so that a topic with one subscriber is not three objects.
    private readonly LoopShare[] _shares = new LoopShare[loops];
    private int _interest;
    private bool _isRetired;

    public string Name { get; } = name;

    /// <summary>The messages that are kept; null: none.</summary>
    public TopicHistory? History { get; } = history;

    /// <summary>Whether it has a subscriber, or is about to get one. Any thread.</summary>
    public bool IsUsed => Volatile.Read(ref _interest) > 0;

    /// <summary>Counts a loop that has a subscriber, or is about to get one: from now on it gets the topic's messages.</summary>
    /// <returns>False if the topic has just lost its last subscriber and the hub has removed it.</returns>
    public bool TryJoin(int loop)
    {
        lock (_shares)
        {
            if (_isRetired) return false;
            // What was published before is not posted to the loop any more.
            if (_shares[loop].Interest++ == 0) _shares[loop].Begun = History?.LastOffset ?? 0;
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
            _isRetired = History is null || History.IsEmpty;
            hub.OnLastLeft(this, _isRetired);
        }
    }

    /// <summary>Drops the messages that are too old; and the topic itself, if nobody needs it any more.</summary>
    public void Expire(uint nowSeconds)
    {
        lock (_shares)
        {
            if (_isRetired || History is null) return;
            History.Expire(nowSeconds);
            if (_interest > 0 || !History.IsEmpty) return;
            _isRetired = true;
            hub.Remove(this);
        }
    }

    /// <summary>Finds where a subscriber begins who has the messages up to a place. Called on its loop.</summary>
    /// <param name="since">The place.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="next">The number of the first message that it is to get.</param>
    public WsSubscribed FindStart(WsTopicPosition since, int loop, out long next)
    {
        TopicHistory history = History!;
        lock (_shares)
        {
            history.Expire(hub.NowSeconds);
            long first = history.FirstOffset;
            // It may have had, on another loop, what still waits on this one.
            bool isKnown = since.Epoch == history.Epoch && since.Offset >= first - 1 && since.Offset <= history.LastOffset;
            next = isKnown ? since.Offset + 1 : Math.Min(first, _shares[loop].Begun + 1);
            return new WsSubscribed(new WsTopicPosition(history.Epoch, next - 1), isKnown || since == WsTopicPosition.Oldest);
        }
    }

    /// <summary>Copies messages whose delivery has begun on a loop. Called on that loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="next">The number of the first one wanted; that of the first one there is, if it is kept no more.</param>
    /// <param name="frames">Gets them.</param>
    /// <param name="isEnd">Whether the delivery of the one behind them has not begun: the rest comes as it is published.</param>
    /// <returns>How many.</returns>
    public int CopyBegun(int loop, ref long next, Span<byte[]> frames, out bool isEnd)
    {
        lock (_shares)
        {
            long begun = _shares[loop].Begun;
            next = Math.Max(next, Math.Min(History!.FirstOffset, begun + 1));
            int count = (int)Math.Clamp(begun + 1 - next, 0, frames.Length);
            count = History.CopyFrom(next, frames[..count]);
            isEnd = next + count == begun + 1;
            return count;
        }
    }

    /// <summary>Gives a message its place in the topic's order, and has every loop with subscribers deliver it.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="here">The loop that the caller is on; null on any other thread.</param>
    /// <returns>False if the topic was removed meanwhile: the message belongs into another one of its name.</returns>
    public bool TryPublish(SharedFrame frame, LoopTopics? here)
    {
        // On a single loop nothing else can come between: what is posted meanwhile is delivered after this.
        if (_shares.Length == 1 && History is null && here is not null && Volatile.Read(ref _shares[0].Waiting) == 0)
        {
            here.Deliver(this, frame);
            return true;
        }

        bool isDeliveredHere = false;
        bool isDropped = false;
        lock (_shares)
        {
            if (History is not null)
            {
                if (_isRetired) return false;
                History.Append(frame, hub.NowSeconds);
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

    /// <summary>The delivery of a message begins on a loop. Called on that loop.</summary>
    /// <returns>False if those who subscribe now have come after it.</returns>
    public bool TryBegin(int loop, SharedFrame frame)
    {
        if (frame.Offset == 0) return true;
        lock (_shares)
        {
            if (frame.Offset <= _shares[loop].Begun) return false;
            _shares[loop].Begun = frame.Offset;
            return true;
        }
    }

    /// <summary>Counts a message that waits on a loop, and keeps the place of those behind it. Called on that loop.</summary>
    public void OnWaiting(int loop) => Interlocked.Increment(ref _shares[loop].Waiting);

    /// <summary>A message that waited on a loop has been delivered there. Called on that loop.</summary>
    public void OnDelivered(int loop) => Interlocked.Decrement(ref _shares[loop].Waiting);

    /// <summary>Sets the subscribers on a loop; null if there are none. Called on that loop.</summary>
    public void SetSubscribers(int loop, ISubscribers? subscribers) => _shares[loop].Subscribers = subscribers;

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

        /// <summary>The number of the last message whose delivery has begun on the loop, if messages are kept.</summary>
        public long Begun;

        /// <summary>1 while the loop has subscribers, plus 1 for each posted subscription.</summary>
        public int Interest;

        /// <summary>The number of messages that wait in the loop's queue, or are not delivered to all subscribers on the loop.</summary>
        public int Waiting;
    }
}
