namespace WsAot;

/// <summary>The history and the presence of a topic. See <see cref="WsTopics"/>.</summary>
public sealed class WsTopicOptions
{
    internal const int DefaultHistorySeconds = 600;
    internal const int DefaultHistoryBytes = 1024 * 1024;
    internal const int DefaultMaxPresent = 1000;

    /// <summary>How many messages are kept for later subscribers: 0 to 100,000. 0, the default: none.</summary>
    public int History { get; init; }

    /// <summary>How long a message is kept, in seconds: 1 to 2,592,000 (30 days). Default: 600.</summary>
    public int HistorySeconds { get; init; } = DefaultHistorySeconds;

    /// <summary>The memory that the kept messages of one topic take, in bytes: 1 to 1,073,741,824. Default: 1 MiB.</summary>
    public int HistoryBytes { get; init; } = DefaultHistoryBytes;

    /// <summary>Whether the topic has presence: it keeps the list of its subscribers for those who ask.</summary>
    public bool Presence { get; init; }

    /// <summary>How many connections can subscribe to a topic with presence: 1 to 100,000. Default: 1,000.</summary>
    public int MaxPresent { get; init; } = DefaultMaxPresent;

    internal bool IsTheSameAs(WsTopicOptions other) =>
        (History, HistorySeconds, HistoryBytes, Presence, MaxPresent)
        == (other.History, other.HistorySeconds, other.HistoryBytes, other.Presence, other.MaxPresent);
}
