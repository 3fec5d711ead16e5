using WsAot.Logging;

namespace WsAot.Topics;

/// <content>
/// Drops messages before newer ones replace them: messages that are too old, and those of topics without subscribers when memory is short.
/// </content>
internal sealed partial class TopicHub
{
    private const int LogIntervalSeconds = 60;

    private uint _roomMadeAt;
    private uint _fullLoggedAt;

    /// <summary>The time in seconds, for the age of messages.</summary>
    public uint NowSeconds => rules!.NowSeconds;

    /// <summary>The memory that kept messages share.</summary>
    public HistoryBudget Budget => rules!.Budget;

    /// <summary>
    /// Makes room soon, because a message did not fit into the memory of kept messages. Only topics without subscribers lose their
    /// messages: a client that publishes to many topics must not cost topics with subscribers their history. Any thread.
    /// </summary>
    public void MakeRoom()
    {
        // At most once a second, because going through all topics takes a while and may find nothing to drop.
        uint now = NowSeconds;
        if (Interlocked.Exchange(ref _roomMadeAt, now) != now && _expiry is not null) TopicRules.HurryExpiry(_expiry);
    }

    /// <summary>
    /// Starts the timer with the first topic that keeps messages. A server that has no such topic starts faster without the thread that
    /// .NET runs timers on.
    /// </summary>
    private void EnsureExpiry()
    {
        if (_expiry is not null) return;
        lock (_timerLock)
        {
            if (!_isDisposed) _expiry ??= rules!.CreateExpiryTimer(Expire);
        }
    }

    private void Expire()
    {
        foreach ((_, Topic topic) in _topics) (topic as KeptTopic)?.Expire(NowSeconds);
        if (Budget.IsShort) ForgetUnheard();
        if (_expiry is not null) TopicRules.RestartExpiry(_expiry);
    }

    /// <summary>Drops whole histories, those whose last message is the oldest first, until a quarter of the memory is free.</summary>
    private void ForgetUnheard()
    {
        Budget.Ease();
        int forgotten = 0;
        foreach (KeptTopic topic in _topics.Values.OfType<KeptTopic>().Where(static topic => !topic.IsUsed).OrderBy(
            static topic => topic.History.LastSeconds))
        {
            if (!Budget.IsTight) break;
            if (topic.TryForget()) forgotten++;
        }

        if (NowSeconds - _fullLoggedAt < LogIntervalSeconds) return;
        _fullLoggedAt = NowSeconds;
        Log.HistoryIsFull(logger, forgotten);
    }
}
