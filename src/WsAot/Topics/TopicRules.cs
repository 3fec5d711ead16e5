namespace WsAot.Topics;

/// <summary>What the topics of a server keep and tell. Any thread.</summary>
internal sealed class TopicRules(IReadOnlyList<TopicRule> rules, long maxHistoryBytes, TimeProvider time)
{
    /// <summary>The longest time for which a message is kept: 30 days.</summary>
    public const int MaxHistorySeconds = 2_592_000;

    /// <summary>How often messages that are too old are looked for. Those that are asked for are looked at as well.</summary>
    private static readonly TimeSpan s_expiryInterval = TimeSpan.FromSeconds(5);

    /// <summary>How long changes of presence are gathered.</summary>
    private static readonly TimeSpan s_presenceInterval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();

    public IReadOnlyList<TopicRule> All => rules;

    public HistoryBudget Budget { get; } = new(maxHistoryBytes);

    /// <summary>
    /// The time in seconds. It begins so late that a message which a store has kept for as long as may be was before it, and not before 0.
    /// </summary>
    public uint NowSeconds => MaxHistorySeconds + (uint)time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>The rule of a topic; null if it has none.</summary>
    public TopicRule? Find(string topic) => TopicRule.Find(rules, topic);

    /// <summary>Creates the timer that looks for what is too old, and starts it.</summary>
    public ITimer CreateExpiryTimer(Action expire)
    {
        ITimer timer = CreateTimer(expire);
        RestartExpiry(timer);
        return timer;
    }

    // Not a period: looking at all topics may take longer than it.
    public static void RestartExpiry(ITimer timer) => timer.Change(s_expiryInterval, Timeout.InfiniteTimeSpan);

    /// <summary>Has the timer look now.</summary>
    public static void HurryExpiry(ITimer timer) => timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>Creates the timer that tells changes of presence. It is not started.</summary>
    public ITimer CreatePresenceTimer(Action tell) => CreateTimer(tell);

    public static void StartPresence(ITimer timer) => timer.Change(s_presenceInterval, Timeout.InfiniteTimeSpan);

    private ITimer CreateTimer(Action action) => time.CreateTimer(
        static action => ((Action)action!)(), action, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
