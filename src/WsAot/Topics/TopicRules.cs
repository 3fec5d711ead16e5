namespace WsAot.Topics;

/// <summary>The rules of a server's topics with history or presence. Any thread.</summary>
internal sealed class TopicRules(IReadOnlyList<TopicRule> rules, long maxHistoryBytes, TimeProvider time)
{
    /// <summary>The longest time for which a message is kept: 30 days.</summary>
    public const int MaxHistorySeconds = 2_592_000;

    /// <summary>How often a timer drops messages that are too old. Reading or adding messages of a topic drops them too.</summary>
    private static readonly TimeSpan s_expiryInterval = TimeSpan.FromSeconds(5);

    /// <summary>How long changes of presence are collected.</summary>
    private static readonly TimeSpan s_presenceInterval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();

    public IReadOnlyList<TopicRule> All => rules;

    public HistoryBudget Budget { get; } = new(maxHistoryBytes);

    /// <summary>
    /// The time in seconds. It begins at the longest age of a message, so that even the oldest message of a store has a time that is not
    /// negative.
    /// </summary>
    public uint NowSeconds => MaxHistorySeconds + (uint)time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>The rule of a topic; null if it has none.</summary>
    public TopicRule? Find(string topic) => TopicRule.Find(rules, topic);

    /// <summary>Creates and starts the timer that drops messages that are too old.</summary>
    public ITimer CreateExpiryTimer(Action expire)
    {
        ITimer timer = CreateTimer(expire);
        RestartExpiry(timer);
        return timer;
    }

    // Not periodic, because going through all topics may take longer than the interval.
    public static void RestartExpiry(ITimer timer) => timer.Change(s_expiryInterval, Timeout.InfiniteTimeSpan);

    /// <summary>Fires the timer now.</summary>
    public static void HurryExpiry(ITimer timer) => timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>Creates the timer that announces changes of presence. It is not started.</summary>
    public ITimer CreatePresenceTimer(Action tell) => CreateTimer(tell);

    public static void StartPresence(ITimer timer) => timer.Change(s_presenceInterval, Timeout.InfiniteTimeSpan);

    private ITimer CreateTimer(Action action) => time.CreateTimer(
        static action => ((Action)action!)(), action, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
