namespace WsAot.Nats.Kept;

/// <summary>
/// Looks at all topics of a stream, so many at a time, in case that their last messages were lost on the way: no later one tells that.
/// </summary>
internal sealed class TailTour
{
    private const int Together = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly HashSet<StoredTopic> _done = [];
    private bool _isUnderWay;
    private bool _isAgain;

    /// <summary>Whether the next portion is not to wait: everything may have been lost while the connection was away.</summary>
    public bool IsUrgent { get; private set; }

    /// <summary>Something may have been lost. If it is under way, it begins again at its end: so the last get their turn.</summary>
    public void Begin(bool isUrgent)
    {
        IsUrgent |= isUrgent;
        if (isUrgent) _done.Clear();
        else if (_isUnderWay) _isAgain = true;
        _isUnderWay = true;
    }

    /// <summary>Looks at a portion.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> GoOnAsync(IEnumerable<StoredTopic> topics)
    {
        if (!_isUnderWay) return false;
        var portion = new List<Task>();
        foreach (StoredTopic topic in topics)
        {
            if (portion.Count == Together) break;
            if (_done.Add(topic)) portion.Add(topic.Check());
        }

        // A topic that takes longer goes on by itself.
        await Task.WhenAll(portion).WaitAsync(s_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (portion.Count == Together) return true;
        _done.Clear();
        (_isUnderWay, _isAgain, IsUrgent) = (_isAgain, false, false);
        return _isUnderWay;
    }
}
