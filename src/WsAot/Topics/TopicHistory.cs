namespace WsAot.Topics;

/// <summary>
/// The last messages of a topic in the order of their numbers, limited by count, bytes and age. Used under the topic's lock, unless a
/// member says otherwise.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="budget">The memory that all topics share.</param>
/// <param name="epoch">Distinguishes these numbers from those of an earlier topic of the same name.</param>
/// <param name="topicBytes">The memory of the topic itself. It is counted with the first kept message.</param>
internal sealed class TopicHistory(WsTopicOptions options, HistoryBudget budget, long epoch, int topicBytes = 0)
{
    /// <summary>
    /// The memory of a kept message besides its frame: the array's header, its place in the ring, its number and its time.
    /// </summary>
    public const int OverheadBytes = 44;

    private const int LeastCapacity = 4;

    // A ring. It keeps only the bytes of the frames: the objects that delivery needs would double the size of a small message.
    private byte[][] _frames = [];
    private long[] _offsets = [];
    private uint[] _seconds = [];
    private int _first;
    private int _count;
    private long _bytes;

    public long Epoch { get; } = epoch;

    /// <summary>The number of the last message; 0 if there was none. Any thread.</summary>
    public long LastOffset { get; private set; }

    /// <summary>The number of the last message that is not kept; 0 if all are. No message after it is missing.</summary>
    public long Floor { get; private set; }

    public bool IsEmpty => _count == 0;

    /// <summary>When the last message was kept. Any thread.</summary>
    public uint LastSeconds { get; private set; }

    /// <summary>Keeps a message.</summary>
    /// <param name="frame">The message. Its number is above <see cref="LastOffset"/>.</param>
    /// <param name="before">
    /// The number of the message before it. If it differs from <see cref="LastOffset"/>, messages are missing in between.
    /// </param>
    /// <param name="nowSeconds">The time.</param>
    public void Append(KeptFrame frame, long before, uint nowSeconds)
    {
        Expire(nowSeconds);
        if (before != LastOffset)
        {
            // Drop the earlier messages, because they would hide the gap.
            Clear();
            Floor = before > 0 ? before : frame.Offset - 1;
        }

        LastOffset = frame.Offset;
        LastSeconds = nowSeconds;
        int bytes = frame.Bytes.Length + OverheadBytes;
        while (_count > 0 && (_count == options.History || _bytes + bytes > options.HistoryBytes)) DropFirst();
        if (bytes > options.HistoryBytes || !TryTake(bytes))
        {
            // This message is not kept. Drop the earlier ones too, because the gap after them could not be seen.
            Clear();
            Floor = frame.Offset;
            return;
        }

        if (_count == _frames.Length) Grow();
        int place = PlaceOf(_count);
        (_frames[place], _offsets[place], _seconds[place]) = (frame.Bytes, frame.Offset, nowSeconds);
        _count++;
        _bytes += bytes;
    }

    /// <summary>Drops the messages that are too old.</summary>
    public void Expire(uint nowSeconds)
    {
        while (_count > 0 && nowSeconds - _seconds[_first] >= options.HistorySeconds) DropFirst();
    }

    /// <summary>Copies messages after a number.</summary>
    /// <param name="after">The number.</param>
    /// <param name="last">The number of the last message that may be copied.</param>
    /// <param name="messages">Gets the messages, as many as fit.</param>
    /// <returns>The number of copied messages.</returns>
    public int CopyAfter(long after, long last, Span<KeptMessage> messages)
    {
        int copied = 0;
        for (int i = IndexAfter(after); i < _count && copied < messages.Length; i++)
        {
            int place = PlaceOf(i);
            if (_offsets[place] > last) break;
            messages[copied++] = new KeptMessage(_frames[place], _offsets[place]);
        }

        return copied;
    }

    /// <summary>Drops all messages. The numbers continue.</summary>
    public void Clear()
    {
        while (_count > 0) DropFirst();
    }

    private bool TryTake(int bytes)
    {
        while (!budget.TryTake(_count == 0 ? bytes + topicBytes : bytes))
        {
            if (_count == 0) return false;
            DropFirst();
        }

        return true;
    }

    private int PlaceOf(int index) => (_first + index) % _frames.Length;

    private int IndexAfter(long offset)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_offsets[PlaceOf(middle)] > offset) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private void DropFirst()
    {
        int bytes = _frames[_first].Length + OverheadBytes;
        Floor = _offsets[_first];
        _frames[_first] = null!;
        _first = PlaceOf(1);
        _count--;
        _bytes -= bytes;
        budget.Return(bytes);
        if (_count > 0) return;
        budget.Return(topicBytes);
        (_frames, _offsets, _seconds, _first) = ([], [], [], 0);
    }

    private void Grow()
    {
        int capacity = Math.Min(options.History, Math.Max(LeastCapacity, _frames.Length * 2));
        byte[][] frames = new byte[capacity][];
        long[] offsets = new long[capacity];
        uint[] seconds = new uint[capacity];
        for (int i = 0; i < _count; i++)
        {
            int place = PlaceOf(i);
            (frames[i], offsets[i], seconds[i]) = (_frames[place], _offsets[place], _seconds[place]);
        }

        (_frames, _offsets, _seconds, _first) = (frames, offsets, seconds, 0);
    }
}
