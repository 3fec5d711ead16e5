namespace WsAot.Nats.Kept;

/// <summary>Checks all topics of a stream, in batches, for lost last messages: no later message would reveal that loss.</summary>
internal sealed class TailTour
{
    private const int Together = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly HashSet<StoredTopic> _done = [];
    private bool _isUnderWay;
    private bool _isAgain;

    /// <summary>Whether the next batch must not wait, because all messages may have been lost while the connection was away.</summary>
    public bool IsUrgent { get; private set; }

    /// <summary>
    /// Begins, because messages may have been lost. If a tour is running, another one follows it, so that the last topics get their turn.
    /// </summary>
    public void Begin(bool isUrgent)
    {
        IsUrgent |= isUrgent;
        if (isUrgent) _done.Clear();
        else if (_isUnderWay) _isAgain = true;
        _isUnderWay = true;
    }

    /// <summary>Checks a batch.</summary>
    /// <returns>Whether there are more batches.</returns>
    public async Task<bool> GoOnAsync(IEnumerable<StoredTopic> topics)
    {
        if (!_isUnderWay) return false;
        var portion = new List<Task>();
        foreach (StoredTopic topic in topics)
        {
            if (portion.Count == Together) break;
            if (_done.Add(topic)) portion.Add(topic.Check());
        }

        // A topic that takes longer continues in the background.
        await Task.WhenAll(portion).WaitAsync(s_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (portion.Count == Together) return true;
        _done.Clear();
        (_isUnderWay, _isAgain, IsUrgent) = (_isAgain, false, false);
        return _isUnderWay;
    }
}
