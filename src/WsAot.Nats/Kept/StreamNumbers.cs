namespace WsAot.Nats.Kept;

/// <summary>
/// What is known of a stream's numbers, and whether they have gone back: a NATS server that has lost its power, or whose volume was
/// restored, gives numbers again that other messages have had. Any thread.
/// </summary>
/// <param name="isReplicated">Whether a leader may be replaced by one that does not have, or has not said, all of it for a moment.</param>
internal sealed class StreamNumbers(bool isReplicated)
{
    /// <summary>How often a cluster must say that there are fewer messages.</summary>
    private const int MaxDoubts = 3;

    private readonly Lock _lock = new();
    private long _last;
    private long _heard;
    private int _doubts;
    private bool _isProved;

    /// <summary>The number of the last message that was seen, in any way.</summary>
    public long Last
    {
        get
        {
            lock (_lock) return _last;
        }
    }

    /// <summary>A message was seen.</summary>
    public void See(long offset)
    {
        lock (_lock) _last = Math.Max(_last, offset);
    }

    /// <summary>The stream has published a message.</summary>
    /// <returns>False if it has published a later one before.</returns>
    public bool Hear(long offset)
    {
        lock (_lock)
        {
            // Two subscriptions may hear the same one. And it proves nothing: a message may have been held up on its way from another
            // server of a cluster, or come behind the first one of the next leader. The stream is to be asked.
            bool isInOrder = offset >= _heard;
            (_heard, _last) = (offset, Math.Max(_last, offset));
            return isInOrder;
        }
    }

    /// <summary>A message was stored.</summary>
    /// <param name="before">What was <see cref="Last"/> when it was published.</param>
    /// <param name="offset">Its number.</param>
    /// <returns>False if the stream had more messages before.</returns>
    public bool Store(long before, long offset)
    {
        lock (_lock)
        {
            _last = Math.Max(_last, offset);
            if (offset > before) return true;
            _isProved = true;
            return false;
        }
    }

    /// <summary>The stream was asked for its last number.</summary>
    /// <param name="before">What was <see cref="Last"/> when it was asked.</param>
    /// <param name="last">What it says.</param>
    /// <returns>Whether it has gone back.</returns>
    public bool HaveGoneBack(long before, long last)
    {
        lock (_lock)
        {
            _doubts = last < before ? _doubts + 1 : 0;
            return _isProved || _doubts >= (isReplicated ? MaxDoubts : 1);
        }
    }

    /// <summary>It is another epoch.</summary>
    public void Reset()
    {
        lock (_lock) (_last, _heard, _doubts, _isProved) = (0, 0, 0, false);
    }
}
