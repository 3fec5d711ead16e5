using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>A topic that keeps messages for those who come later. Any thread, unless a member says otherwise.</summary>
/// <param name="hub">The topics of the server.</param>
/// <param name="name">The name.</param>
/// <param name="loops">How many loops there are.</param>
/// <param name="rule">What it keeps and tells.</param>
/// <param name="history">The messages that are kept.</param>
internal sealed class KeptTopic(TopicHub hub, string name, int loops, TopicRule rule, TopicHistory history)
    : Topic(hub, name, loops, rule)
{
    // The number of the last message whose delivery has begun on each loop.
    private readonly long[] _begun = new long[loops];

    // The subscriptions of each loop that have not caught up. Used on the loop.
    private readonly int[] _recovering = new int[loops];

    public TopicHistory History { get; private set; } = history;

    /// <inheritdoc/>
    // A store keeps the messages when nobody is here, and goes on without us.
    protected override bool IsNeeded => Hub.Store is null && !History.IsEmpty;

    /// <summary>What a topic that keeps a message takes besides its messages, on one loop or two.</summary>
    public static int BytesOf(string name) => 540 + (3 * name.Length);

    /// <summary>Whether a subscription has not caught up. Called on the loop.</summary>
    public bool IsRecoveringOn(int loop) => _recovering[loop] > 0;

    /// <summary>Counts the subscriptions that have not caught up. Called on the loop.</summary>
    public void CountRecovering(int loop, int more) => _recovering[loop] += more;

    /// <summary>Gives a message its number, keeps it, and has every loop with subscribers deliver it.</summary>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message.</param>
    /// <param name="except">The subscriber that does not get it.</param>
    /// <param name="here">The loop that the caller is on; null on any other thread.</param>
    /// <param name="position">The place of the message.</param>
    /// <returns>False if the topic was removed meanwhile: the message belongs into another one of its name.</returns>
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
            // Nothing fitted, or nothing may: without subscribers, such names would pile up until the next round of expiry.
            RetireIfUnused();
        }

        Finish(frame, here, queued);
        if (Hub.Budget.IsShort) Hub.MakeRoom();
        return true;
    }

    /// <summary>Takes over what the store has kept. Once, before anything is delivered. Nobody who subscribes already gets it.</summary>
    /// <param name="epoch">The store's epoch.</param>
    /// <param name="messages">The messages, in their order.</param>
    /// <param name="floor">The number of the message before the first; 0: it is not known.</param>
    public void Load(long epoch, IReadOnlyList<StoredMessage> messages, long floor = 0)
    {
        lock (Lock)
        {
            if (IsRetired) return;
            History.Clear();
            History = new TopicHistory(Rule!.Options, Hub.Budget, epoch, BytesOf(Name));
            foreach (StoredMessage message in messages)
            {
                // A client that has this number is told that nothing is missing, so a number that is not known must be one that nobody has.
                long before = History.LastOffset > 0 ? History.LastOffset : floor > 0 ? floor : message.Offset - 1;
                KeptFrame frame = CreateFrame(message.Opcode, message.Payload.Span, null, message.Offset, before);
                History.Append(frame, before, message.AgeSeconds > Hub.NowSeconds ? 0 : Hub.NowSeconds - message.AgeSeconds);
            }

            Array.Fill(_begun, History.LastOffset);
        }
    }

    /// <summary>Keeps a message that comes from the store, and has every loop with subscribers deliver it.</summary>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message.</param>
    /// <param name="except">The subscriber that does not get it.</param>
    /// <param name="offset">Its number, above that of the last message.</param>
    /// <param name="before">The number of the message before it; 0 if the store does not know it any more.</param>
    public void Deliver(Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except, long offset, long before)
    {
        KeptFrame frame;
        Queued queued;
        lock (Lock)
        {
            if (IsRetired || offset <= History.LastOffset) return;
            frame = CreateFrame(opcode, payload, except, offset, before);
            // The number before it is not known. Current subscribers are told so. For later ones it is the first message, so it must follow
            // the position that they are answered.
            long floor = before == 0 ? offset - 1 : before;
            History.Append(before == 0 ? CreateFrame(opcode, payload, except, offset, floor) : frame, floor, Hub.NowSeconds);
            queued = Enqueue(frame, here: null);
        }

        Finish(frame, here: null, queued);
    }

    /// <summary>
    /// The store has lost the messages, or has begun a new epoch: the topic ends, and each subscriber is told (<see
    /// cref="ISubscriber.OnTopicLost"/>). Who subscribes from now on gets another topic of this name.
    /// </summary>
    public void Lose()
    {
        lock (Lock)
        {
            if (!TryRetire()) return;
            for (int loop = 0; loop < _begun.Length; loop++) Hub.PostLoss(loop, this);
        }
    }

    /// <summary>Drops the messages that are too old; and the topic itself, if nobody needs it any more.</summary>
    public void Expire(uint nowSeconds)
    {
        lock (Lock)
        {
            History.Expire(nowSeconds);
            RetireIfUnused();
        }
    }

    /// <summary>Drops all messages, and the topic with them, if nobody subscribes.</summary>
    /// <returns>Whether it did.</returns>
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

    /// <summary>Finds where a new subscriber begins. Called on its loop.</summary>
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

            // It may have had, on another loop, what still waits on this one.
            bool isKnown = since.Epoch == history.Epoch && since.Offset >= history.Floor && since.Offset <= history.LastOffset;
            long after = isKnown ? since.Offset : Math.Min(history.Floor, BegunOn(loop));
            return new WsSubscribed(new WsTopicPosition(history.Epoch, after), isKnown || since == WsTopicPosition.Oldest);
        }
    }

    /// <summary>Copies messages whose delivery has begun on a loop. Called on that loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="after">The number of the last one that the subscriber has; later, if what follows it is kept no more.</param>
    /// <param name="messages">Gets them.</param>
    /// <param name="isEnd">Whether the delivery of the one behind them has not begun: the rest comes as it is published.</param>
    /// <returns>How many.</returns>
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

    /// <summary>The delivery of a message begins on a loop. Called on that loop.</summary>
    /// <returns>False if those who subscribe now have come after it.</returns>
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
    // What was published before is not posted to the loop any more.
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

    /// <summary>The number of the last message whose delivery has begun on a loop, or never will. Under the lock, on that loop.</summary>
    private long BegunOn(int loop)
    {
        // What was published, does not wait and has not begun was dropped, since the backlog was full.
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
