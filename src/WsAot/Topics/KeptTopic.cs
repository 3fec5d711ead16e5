using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>A topic that keeps messages for later subscribers. Any thread, unless a member says otherwise.</summary>
/// <param name="hub">The topics of the server.</param>
/// <param name="name">The name.</param>
/// <param name="loops">The number of loops.</param>
/// <param name="rule">The topic's rule.</param>
/// <param name="history">The kept messages.</param>
internal sealed class KeptTopic(TopicHub hub, string name, int loops, TopicRule rule, TopicHistory history)
    : Topic(hub, name, loops, rule)
{
    // The number of the last message whose delivery has begun on each loop.
    private readonly long[] _begun = new long[loops];

    // The subscriptions of each loop that have not caught up. Used on the loop.
    private readonly int[] _recovering = new int[loops];

    public TopicHistory History { get; private set; } = history;

    /// <inheritdoc/>
    // A store keeps the messages even without a topic here.
    protected override bool IsNeeded => Hub.Store is null && !History.IsEmpty;

    /// <summary>The memory of a topic besides its messages, with subscribers on one or two loops.</summary>
    public static int BytesOf(string name) => 540 + (3 * name.Length);

    /// <summary>Whether a subscription has not caught up yet. Called on the loop.</summary>
    public bool IsRecoveringOn(int loop) => _recovering[loop] > 0;

    /// <summary>Counts the subscriptions that have not caught up. Called on the loop.</summary>
    public void CountRecovering(int loop, int more) => _recovering[loop] += more;

    /// <summary>Numbers a message, keeps it, and has every loop with subscribers deliver it.</summary>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message.</param>
    /// <param name="except">The subscriber that does not get it.</param>
    /// <param name="here">The loop that the caller is on; null on any other thread.</param>
    /// <param name="position">The position of the message.</param>
    /// <returns>False if the topic was removed meanwhile: publish to the new topic of this name.</returns>
    public bool TryPublish(
        Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except, LoopTopics? here, out WsTopicPosition position)
    {
        KeptFrame frame;
        Queued queued;
        lock (Lock)
        {
            position = new WsTopicPosition(History.Epoch, History.LastOffset + 1);
            if (IsRetired) return false;
            frame = CreateFrame(opcode, payload, except, position.Offset, History.LastOffset);
            History.Append(frame, History.LastOffset, Hub.NowSeconds);
            queued = Enqueue(frame, here);
            // A topic without subscribers is useless if it could not keep the message. End it now, so that such topics do not pile up.
            RetireIfUnused();
        }

        Finish(frame, here, queued);
        if (Hub.Budget.IsShort) Hub.MakeRoom();
        return true;
    }

    /// <summary>
    /// Loads the messages of the store. Called once, before the first delivery. Current subscribers do not get these messages.
    /// </summary>
    /// <param name="epoch">The store's epoch.</param>
    /// <param name="messages">The messages, in order.</param>
    /// <param name="floor">The number of the message before the first; 0 if it is unknown.</param>
    public void Load(long epoch, IReadOnlyList<StoredMessage> messages, long floor = 0)
    {
        lock (Lock)
        {
            if (IsRetired) return;
            History.Clear();
            History = new TopicHistory(Rule!.Options, Hub.Budget, epoch, BytesOf(Name));
            foreach (StoredMessage message in messages)
            {
                // A client with this number is told that nothing is missing. So if the number is unknown, take one that no message has.
                long before = History.LastOffset > 0 ? History.LastOffset : floor > 0 ? floor : message.Offset - 1;
                KeptFrame frame = CreateFrame(message.Opcode, message.Payload.Span, null, message.Offset, before);
                History.Append(frame, before, message.AgeSeconds > Hub.NowSeconds ? 0 : Hub.NowSeconds - message.AgeSeconds);
            }

            Array.Fill(_begun, History.LastOffset);
        }
    }

    /// <summary>Keeps a message from the store, and has every loop with subscribers deliver it.</summary>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message.</param>
    /// <param name="except">The subscriber that does not get it.</param>
    /// <param name="offset">Its number, above that of the last message.</param>
    /// <param name="before">The number of the message before it; 0 if the store no longer knows it.</param>
    public void Deliver(Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except, long offset, long before)
    {
        KeptFrame frame;
        Queued queued;
        lock (Lock)
        {
            if (IsRetired || offset <= History.LastOffset) return;
            frame = CreateFrame(opcode, payload, except, offset, before);
            // If the previous number is unknown, current subscribers are told so. For later subscribers it is the first message, so it must
            // directly follow the position that they get.
            long floor = before == 0 ? offset - 1 : before;
            History.Append(before == 0 ? CreateFrame(opcode, payload, except, offset, floor) : frame, floor, Hub.NowSeconds);
            queued = Enqueue(frame, here: null);
        }

        Finish(frame, here: null, queued);
    }

    /// <summary>
    /// Ends the topic, because the store has lost the messages or has begun a new epoch, and tells each subscriber (<see
    /// cref="ISubscriber.OnTopicLost"/>). Later subscribers get a new topic of this name.
    /// </summary>
    public void Lose()
    {
        lock (Lock)
        {
            if (!TryRetire()) return;
            for (int loop = 0; loop < _begun.Length; loop++) Hub.PostLoss(loop, this);
        }
    }

    /// <summary>Drops the messages that are too old, and the topic itself if it is no longer needed.</summary>
    public void Expire(uint nowSeconds)
    {
        lock (Lock)
        {
            History.Expire(nowSeconds);
            RetireIfUnused();
        }
    }

    /// <summary>Drops all messages and the topic, if it has no subscribers.</summary>
    /// <returns>Whether they were dropped.</returns>
    public bool TryForget()
    {
        lock (Lock)
        {
            if (IsUsed || IsRetired || History.IsEmpty) return false;
            History.Clear();
            RetireIfUnused();
            return true;
        }
    }

    /// <summary>Finds the position where a new subscriber begins. Called on its loop.</summary>
    /// <param name="since">The last message that it has.</param>
    /// <param name="loop">The loop.</param>
    public WsSubscribed FindStart(WsTopicPosition since, int loop)
    {
        TopicHistory history = History;
        lock (Lock)
        {
            history.Expire(Hub.NowSeconds);
            if (since == WsTopicPosition.Latest)
            {
                return new WsSubscribed(new WsTopicPosition(history.Epoch, BegunOn(loop)), IsRecovered: true);
            }

            // On another loop, the client may have received messages that still wait on this one.
            bool isKnown = since.Epoch == history.Epoch && since.Offset >= history.Floor && since.Offset <= history.LastOffset;
            long after = isKnown ? since.Offset : Math.Min(history.Floor, BegunOn(loop));
            return new WsSubscribed(new WsTopicPosition(history.Epoch, after), isKnown || since == WsTopicPosition.Oldest);
        }
    }

    /// <summary>Copies messages whose delivery has begun on a loop. Called on that loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="after">
    /// The number of the last message that the subscriber has. It is raised if the messages after it are no longer kept.
    /// </param>
    /// <param name="messages">Gets the messages.</param>
    /// <param name="isEnd">True if these are all whose delivery has begun: the subscriber gets the others when they are delivered.</param>
    /// <returns>The number of copied messages.</returns>
    public int CopyBegun(int loop, ref long after, Span<KeptMessage> messages, out bool isEnd)
    {
        lock (Lock)
        {
            long begun = BegunOn(loop);
            after = Math.Max(after, Math.Min(History.Floor, begun));
            int count = History.CopyAfter(after, begun, messages);
            isEnd = count > 0 ? messages[count - 1].Offset == begun : after == begun;
            return count;
        }
    }

    /// <summary>Records that the delivery of a message begins on a loop. Called on that loop.</summary>
    /// <returns>False if all current subscribers came after the message.</returns>
    public bool TryBegin(int loop, SharedFrame frame)
    {
        if (frame.Offset == 0) return true;
        lock (Lock)
        {
            if (frame.Offset <= _begun[loop]) return false;
            _begun[loop] = frame.Offset;
            return true;
        }
    }

    /// <inheritdoc/>
    // Earlier messages are not posted to this loop.
    protected override void OnFirstOn(int loop) => _begun[loop] = History.LastOffset;

    /// <inheritdoc/>
    protected override void OnFirstJoined()
    {
        if (Hub.Store is null) base.OnFirstJoined();
        else Hub.TellStore(static (store, topic) => store.Open(topic), this);
    }

    /// <inheritdoc/>
    protected override void OnLastLeft(bool isRetired)
    {
        if (Hub.Store is null)
        {
            base.OnLastLeft(isRetired);
            return;
        }

        Hub.TellStore(static (store, topic) => store.Close(topic), this);
        History.Clear();
        Hub.Remove(this);
    }

    /// <summary>
    /// The number of the last message whose delivery on a loop has begun or will never begin. Under the lock, on that loop.
    /// </summary>
    private long BegunOn(int loop)
    {
        // If nothing waits, messages that have not begun were dropped, because the backlog was full.
        if (!IsWaitingOn(loop)) _begun[loop] = History.LastOffset;
        return _begun[loop];
    }

    private KeptFrame CreateFrame(Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except, long offset, long before)
    {
        if (Rule?.Format is not { } format) return new KeptFrame(opcode, payload, offset) { Except = except };
        SharedFrame? skip = except is null ? null : new SharedFrame(format.CreateSkip(QuotedName, offset, before));
        return new KeptFrame(format.CreateFrame(opcode, payload, QuotedName, offset, before), offset, skip) { Except = except };
    }
}
