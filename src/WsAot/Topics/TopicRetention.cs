namespace WsAot.Topics;

/// <summary>What the topics of a server keep. Any thread.</summary>
internal sealed class TopicRetention(IReadOnlyList<TopicRule> rules, long maxBytes, TimeProvider time)
{
    /// <summary>How often messages that are too old are looked for. Those that are asked for are looked at as well.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly long _start = time.GetTimestamp();

    public HistoryBudget Budget { get; } = new(maxBytes);

    /// <summary>The seconds since the start.</summary>
    public uint NowSeconds => (uint)time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Whether a topic keeps messages.</summary>
    public bool Keeps(string topic) => TopicRule.Find(rules, topic) is { Options.History: > 0 };

    /// <summary>The history of a topic that is new; null if it keeps none.</summary>
    public TopicHistory? CreateFor(string topic)
    {
        WsTopicOptions? options = TopicRule.Find(rules, topic)?.Options;
        // Numbers up to 2 to the 53rd are exact in JavaScript.
        return options is { History: > 0 } ? new TopicHistory(options, Budget, Random.Shared.NextInt64(1, 1L << 53)) : null;
    }

    /// <summary>Creates the timer that looks for what is too old. It fires once: see <see cref="Restart"/>.</summary>
    public ITimer CreateTimer(Action expire) =>
        time.CreateTimer(static action => ((Action)action!)(), expire, s_interval, Timeout.InfiniteTimeSpan);

    // Not a period: looking at all topics may take longer than it.
    public static void Restart(ITimer timer) => timer.Change(s_interval, Timeout.InfiniteTimeSpan);
}
