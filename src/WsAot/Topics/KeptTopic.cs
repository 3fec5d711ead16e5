namespace WsAot.Topics;

/// <summary>A topic that keeps messages for those who come later. Any thread, unless a member says otherwise.</summary>
/// <param name="hub">The topics of the server.</param>
/// <param name="name">The name.</param>
/// <param name="loops">How many loops there are.</param>
/// <param name="history">The messages that are kept.</param>
internal sealed class KeptTopic(TopicHub hub, string name, int loops, TopicHistory history) : Topic(hub, name, loops)
{
    // The number of the last message whose delivery has begun on each loop.
    private readonly long[] _begun = new long[loops];

    // The subscriptions of each loop that have not caught up. Used on the loop.
    private readonly int[] _recovering = new int[loops];

    public TopicHistory History { get; } = history;

    /// <inheritdoc/>
    protected override bool IsNeeded => !History.IsEmpty;

    /// <summary>Whether a subscription has not caught up. Called on the loop.</summary>
    public bool IsRecoveringOn(int loop) => _recovering[loop] > 0;

    /// <summary>Counts the subscriptions that have not caught up. Called on the loop.</summary>
    public void CountRecovering(int loop, int more) => _recovering[loop] += more;

    /// <summary>Keeps a message, which gets its number. Under the topic's lock.</summary>
    public void Keep(KeptFrame frame) => History.Append(frame, Hub.NowSeconds);

    /// <summary>Drops the messages that are too old; and the topic itself, if nobody needs it any more.</summary>
    public void Expire(uint nowSeconds)
    {
        lock (Lock)
        {
            History.Expire(nowSeconds);
            RetireIfUnused();
        }
    }

    /// <summary>Finds the first message for a new subscriber. Called on its loop.</summary>
    /// <param name="since">The last message that it has.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="next">The number of the first message that it is to get.</param>
    public WsSubscribed FindStart(WsTopicPosition since, int loop, out long next)
    {
        TopicHistory history = History;
        lock (Lock)
        {
            history.Expire(Hub.NowSeconds);
            long first = history.FirstOffset;
            // It may have had, on another loop, what still waits on this one.
            bool isKnown = since.Epoch == history.Epoch && since.Offset >= first - 1 && since.Offset <= history.LastOffset;
            next = isKnown ? since.Offset + 1 : Math.Min(first, _begun[loop] + 1);
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
        lock (Lock)
        {
            long begun = _begun[loop];
            next = Math.Max(next, Math.Min(History.FirstOffset, begun + 1));
            int count = (int)Math.Clamp(begun + 1 - next, 0, frames.Length);
            count = History.CopyFrom(next, frames[..count]);
            isEnd = next + count == begun + 1;
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
}
