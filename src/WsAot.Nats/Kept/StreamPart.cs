using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>The messages read of a subject. After a failure, reading continues where it stopped.</summary>
/// <param name="after">The number of the message after which it begins; 0 for all messages.</param>
/// <param name="rule">The limits: while more is read, the oldest messages beyond them are dropped. Null for no limits.</param>
internal sealed class StreamPart(long after, TopicRule? rule = null)
{
    /// <summary>The number of last messages from which the size of the next ones is estimated.</summary>
    private const int Recent = 8;

    /// <summary>The approximate memory of a message besides its payload.</summary>
    private const int MessageBytes = 150;

    private readonly Queue<KeptMessage> _messages = new();
    private readonly Queue<int> _recent = new();
    private long _lastTaken;

    /// <summary>The messages, in order.</summary>
    public IReadOnlyCollection<KeptMessage> Messages => _messages;

    /// <summary>The bytes of the messages' payloads.</summary>
    public long Bytes { get; private set; }

    /// <summary>The largest value of <see cref="Bytes"/> so far.</summary>
    public long MostBytes { get; private set; }

    /// <summary>The approximate memory of the messages.</summary>
    public long Cost => Bytes + (MessageBytes * _messages.Count);

    /// <summary>The smallest payload of the last messages; 0 if there are none.</summary>
    public int SmallestRecent => _recent.DefaultIfEmpty().Min();

    /// <summary>The number of the last dropped message; 0 if none was dropped. No message after it is missing.</summary>
    public long Floor { get; private set; }

    /// <summary>
    /// Returns the number of the first message that must stay because it is needed. That message, later ones and the one before it stay,
    /// whatever their size.
    /// </summary>
    public Func<long>? KeepFrom { get; init; }

    /// <summary>Called after each batch of messages. It may take them.</summary>
    public Action? Fetched { get; init; }

    /// <summary>
    /// The number at which reading continues. It includes the message before the first: if that still exists, nothing is missing.
    /// </summary>
    public long Next { get; private set; } = Math.Max(after, 1);

    /// <summary>Whether no message is missing between the starting point and the first of these.</summary>
    public bool IsConnected { get; private set; }

    public void Add(KeptMessage message)
    {
        Next = message.Offset + 1;
        if (message.Offset == after)
        {
            IsConnected = true;
            return;
        }

        _messages.Enqueue(message);
        if (_recent.Count == Recent) _recent.Dequeue();
        _recent.Enqueue(message.Payload.Length);
        Bytes += message.Payload.Length;
        MostBytes = Math.Max(MostBytes, Bytes);
        if (rule is not null) Trim(rule.Options);
    }

    /// <summary>Called at the end of the subject, with the number of its last message.</summary>
    public void End(long last)
    {
        if (last <= after) IsConnected = true;
    }

    /// <summary>Takes the messages. Nothing is missing between them and those that come later.</summary>
    /// <param name="isConnected">The value of <see cref="IsConnected"/> for these messages.</param>
    public List<KeptMessage> Take(out bool isConnected)
    {
        isConnected = IsConnected || _lastTaken > 0;
        List<KeptMessage> taken = [.. _messages];
        if (taken.Count > 0) _lastTaken = taken[^1].Offset;
        _messages.Clear();
        Bytes = 0;
        return taken;
    }

    private void Trim(WsTopicOptions options)
    {
        // Keep the last message, and the one before the needed messages: its number tells what came before them.
        while (_messages.Count > 1 && (_messages.Count > options.History || Bytes > options.HistoryBytes))
        {
            if (KeepFrom is not null && Second().Offset >= KeepFrom()) return;
            KeptMessage gone = _messages.Dequeue();
            Bytes -= gone.Payload.Length;
            Floor = gone.Offset;
        }
    }

    private KeptMessage Second()
    {
        using Queue<KeptMessage>.Enumerator all = _messages.GetEnumerator();
        all.MoveNext();
        all.MoveNext();
        return all.Current;
    }
}
