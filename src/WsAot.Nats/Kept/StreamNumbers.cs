namespace WsAot.Nats.Kept;

/// <summary>
/// The numbers of a stream that were seen, and whether they have gone back: after a power failure, or with a restored volume, NATS reuses
/// numbers of earlier messages. Any thread.
/// </summary>
/// <param name="isReplicated">Whether the leader can be replaced by one that for a moment does not have all messages.</param>
internal sealed class StreamNumbers(bool isReplicated)
{
    /// <summary>How often in a row a cluster must report fewer messages.</summary>
    private const int MaxDoubts = 3;

    private readonly Lock _lock = new();
    private long _last;
    private long _heard;
    private int _doubts;
    private bool _isProved;

    /// <summary>The highest message number that was seen in any way.</summary>
    public long Last
    {
        get
        {
            lock (_lock) return _last;
        }
    }

    /// <summary>Called when a message was seen.</summary>
    public void See(long offset)
    {
        lock (_lock) _last = Math.Max(_last, offset);
    }

    /// <summary>Called when the stream has published a message.</summary>
    /// <returns>False if it has published a later message before.</returns>
    public bool Hear(long offset)
    {
        lock (_lock)
        {
            // Two subscriptions may get the same message. A lower number proves nothing, because another server of a cluster may have
            // delayed the message, or the next leader may have overtaken it. So the stream must be asked.
            bool isInOrder = offset >= _heard;
            (_heard, _last) = (offset, Math.Max(_last, offset));
            return isInOrder;
        }
    }

    /// <summary>Called when a message was stored.</summary>
    /// <param name="before">The value of <see cref="Last"/> when it was published.</param>
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

    /// <summary>Called with the stream's answer about its last number.</summary>
    /// <param name="before">The value of <see cref="Last"/> before the request.</param>
    /// <param name="last">The number in the answer.</param>
    /// <returns>Whether the numbers have gone back.</returns>
    public bool HaveGoneBack(long before, long last)
    {
        lock (_lock)
        {
            _doubts = last < before ? _doubts + 1 : 0;
            return _isProved || _doubts >= (isReplicated ? MaxDoubts : 1);
        }
    }

    /// <summary>Begins another epoch.</summary>
    public void Reset()
    {
        lock (_lock) (_last, _heard, _doubts, _isProved) = (0, 0, 0, false);
    }
}
