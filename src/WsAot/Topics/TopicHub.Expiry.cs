using WsAot.Logging;

namespace WsAot.Topics;

/// <content>The kept messages that go before newer ones push them out: too old ones, and unheard ones when memory is short.</content>
internal sealed partial class TopicHub
{
    private const int LogIntervalSeconds = 60;

    private bool _isRoomNeeded;
    private uint _roomMadeAt;
    private uint _fullLoggedAt;

    /// <summary>
    /// A message did not fit into the memory of kept messages: has room made before long. Only topics that nobody hears lose theirs, so
    /// that whoever writes to many topics cannot take the history from those who are there. Any thread.
    /// </summary>
    public void MakeRoom()
    {
        Budget.Ease();
        Volatile.Write(ref _isRoomNeeded, true);
        // Looking at all topics takes a while, and may find nothing: not for each message that does not fit.
        uint now = NowSeconds;
        if (Interlocked.Exchange(ref _roomMadeAt, now) != now && _expiry is not null) TopicRules.HurryExpiry(_expiry);
    }

    private void Expire()
    {
        foreach ((_, Topic topic) in _topics) (topic as KeptTopic)?.Expire(NowSeconds);
        if (Interlocked.Exchange(ref _isRoomNeeded, false)) ForgetUnheard();
        if (_expiry is not null) TopicRules.RestartExpiry(_expiry);
    }

    /// <summary>Drops whole histories, those first whose last message is the oldest, until a quarter of the memory is free.</summary>
    private void ForgetUnheard()
    {
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
