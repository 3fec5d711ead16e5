using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>What was read of a subject. Reading that has failed goes on where it was.</summary>
/// <param name="after">The number of the message behind which it begins; 0: all there is.</param>
/// <param name="rule">The bounds: what is beyond them goes while more is read, the oldest first. Null: nothing goes.</param>
internal sealed class StreamPart(long after, TopicRule? rule = null)
{
    /// <summary>The last messages, by which the next ones are guessed.</summary>
    private const int Recent = 8;

    /// <summary>What a message takes besides its payload, about.</summary>
    private const int MessageBytes = 150;

    private readonly Queue<KeptMessage> _messages = new();
    private readonly Queue<int> _recent = new();
    private long _lastTaken;

    /// <summary>The messages, in their order.</summary>
    public IReadOnlyCollection<KeptMessage> Messages => _messages;

    /// <summary>The payloads of the messages.</summary>
    public long Bytes { get; private set; }

    /// <summary>The most that <see cref="Bytes"/> was.</summary>
    public long MostBytes { get; private set; }

    /// <summary>What it takes in memory, about.</summary>
    public long Cost => Bytes + (MessageBytes * _messages.Count);

    /// <summary>The smallest payload of the last messages; 0 if there was none.</summary>
    public int SmallestRecent => _recent.DefaultIfEmpty().Min();

    /// <summary>The number of the last message that has gone, behind which nothing is missing; 0: none has.</summary>
    public long Floor { get; private set; }

    /// <summary>Says from which message on all stay, and one before them, whatever they take: somebody waits for them.</summary>
    public Func<long>? KeepFrom { get; init; }

    /// <summary>Called when many messages have come together; may take them.</summary>
    public Action? Fetched { get; init; }

    /// <summary>Where reading goes on. The message before the first is asked for as well: if it is there, nothing is missing.</summary>
    public long Next { get; private set; } = Math.Max(after, 1);

    /// <summary>Whether nothing is missing between the message that was asked from and the first of these.</summary>
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

    /// <summary>The subject has come to its end, which is the number of its last message.</summary>
    public void End(long last)
    {
        if (last <= after) IsConnected = true;
    }

    /// <summary>Takes the messages. Nothing is missing between them and those that come later.</summary>
    /// <param name="isConnected">What <see cref="IsConnected"/> is for them.</param>
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
        // The last one stays, and the one before those that somebody waits for: it says what was before them.
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
