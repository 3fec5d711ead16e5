namespace WsAot.Topics;

/// <summary>
/// The last messages of a topic, numbered from 1: at most so many, so many bytes, and so old. Used under the topic's lock, unless a member
/// says otherwise.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="budget">The memory that all topics share.</param>
/// <param name="epoch">Tells the numbers from those of another life of the topic.</param>
internal sealed class TopicHistory(WsTopicOptions options, HistoryBudget budget, long epoch)
{
    /// <summary>What a kept message takes besides its frame: the array's header, its place in the ring, and its time.</summary>
    public const int OverheadBytes = 36;

    private const int LeastCapacity = 4;

    // A ring. The frame alone is kept: what is around it for delivery would double a small message.
    private byte[][] _frames = [];
    private uint[] _seconds = [];
    private int _first;
    private int _count;
    private long _bytes;

    public long Epoch { get; } = epoch;

    /// <summary>The number of the last message; 0 if there was none. Any thread.</summary>
    public long LastOffset { get; private set; }

    /// <summary>The number of the oldest message that is kept; that of the next one if none is.</summary>
    public long FirstOffset => LastOffset - _count + 1;

    public bool IsEmpty => _count == 0;

    /// <summary>Gives a message its number, and keeps it.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="nowSeconds">The time.</param>
    public void Append(KeptFrame frame, uint nowSeconds)
    {
        frame.Number(++LastOffset);
        int bytes = frame.Bytes.Length + OverheadBytes;
        // The message has its number already: what is dropped for it, or instead of it, is before it.
        Expire(nowSeconds);
        while (_count > 0 && (_count == options.History || _bytes + bytes > options.HistoryBytes)) DropFirst();
        bool fits = bytes <= options.HistoryBytes;
        while (fits && !budget.TryTake(bytes))
        {
            if (_count == 0) fits = false;
            else DropFirst();
        }

        if (!fits)
        {
            // Those before it would leave a gap that nobody could see.
            Clear();
            return;
        }

        if (_count == _frames.Length) Grow();
        int place = (_first + _count) % _frames.Length;
        (_frames[place], _seconds[place]) = (frame.Bytes, nowSeconds);
        _count++;
        _bytes += bytes;
    }

    /// <summary>Drops what is too old.</summary>
    public void Expire(uint nowSeconds)
    {
        while (_count > 0 && nowSeconds - _seconds[_first] >= options.HistorySeconds) DropFirst();
    }

    /// <summary>Copies some messages, from one on.</summary>
    /// <param name="offset">The first: from <see cref="FirstOffset"/> on.</param>
    /// <param name="frames">Gets them, as many as there are and fit.</param>
    /// <returns>How many.</returns>
    public int CopyFrom(long offset, Span<byte[]> frames)
    {
        int skipped = (int)(offset - FirstOffset);
        int copied = Math.Clamp(_count - skipped, 0, frames.Length);
        for (int i = 0; i < copied; i++) frames[i] = _frames[(_first + skipped + i) % _frames.Length];
        return copied;
    }

    /// <summary>Drops all messages. The numbers go on.</summary>
    public void Clear()
    {
        while (_count > 0) DropFirst();
    }

    private void DropFirst()
    {
        int bytes = _frames[_first].Length + OverheadBytes;
        _frames[_first] = null!;
        _first = (_first + 1) % _frames.Length;
        _count--;
        _bytes -= bytes;
        budget.Return(bytes);
        if (_count == 0) (_frames, _seconds, _first) = ([], [], 0);
    }

    private void Grow()
    {
        int capacity = Math.Min(options.History, Math.Max(LeastCapacity, _frames.Length * 2));
        byte[][] frames = new byte[capacity][];
        uint[] seconds = new uint[capacity];
        for (int i = 0; i < _count; i++)
        {
            int place = (_first + i) % _frames.Length;
            (frames[i], seconds[i]) = (_frames[place], _seconds[place]);
        }

        (_frames, _seconds, _first) = (frames, seconds, 0);
    }
}
