namespace WsAot.Limits;

/// <summary>
/// Counts what comes against a <see cref="Rate"/>: it holds tokens, which come back with time and of which some can be saved. Something may
/// come while at least one token is there, and takes what it costs, if need be more than there is: then the debt must be paid first. So a
/// message of any size passes in the end, and what has passed by any time is at most the burst, the rate times the time, and one message.
/// </summary>
/// <remarks>The time is in milliseconds, and all numbers are whole: nothing is rounded. Not thread-safe; do not copy.</remarks>
internal struct TokenBucket(Rate rate, long nowMs)
{
    /// <summary>
    /// Loops read the clock at different moments, so a later call may have an earlier time. Further back than this, the clock was set.
    /// </summary>
    public const int MaxSkewMs = 60_000;

    /// <summary>A rate of one a second brings one of these a millisecond.</summary>
    private const long PartsPerToken = 1000;

    private long _parts = rate.Capacity * PartsPerToken;
    private long _lastMs = nowMs;

    /// <summary>Whether something may come. As of the last <see cref="Refill"/>.</summary>
    public readonly bool HasToken => _parts >= PartsPerToken;

    /// <summary>Whether it knows nothing that a new one would not know. As of the last <see cref="Refill"/>.</summary>
    public readonly bool IsFull(Rate rate) => _parts >= rate.Capacity * PartsPerToken;

    /// <summary>The whole tokens that are there; negative: a debt, rounded up. As of the last <see cref="Refill"/>.</summary>
    public readonly long Tokens => _parts >= 0 ? _parts / PartsPerToken : -((PartsPerToken - 1 - _parts) / PartsPerToken);

    /// <summary>Adds what has come back since the last time.</summary>
    public void Refill(Rate rate, long nowMs)
    {
        long elapsedMs = nowMs - _lastMs;
        if (elapsedMs < -MaxSkewMs) _lastMs = nowMs;
        if (elapsedMs < 0) return;
        _lastMs = nowMs;
        long full = rate.Capacity * PartsPerToken;
        // Compared before it is multiplied: any jump of the clock is possible.
        _parts = elapsedMs > (full - _parts) / rate.PerSecond ? full : _parts + (elapsedMs * rate.PerSecond);
    }

    /// <summary>Takes tokens, whether they are there or not.</summary>
    public void Take(long tokens) => _parts -= tokens * PartsPerToken;

    /// <summary>Takes one token if there is one.</summary>
    public bool TryTake(Rate rate, long nowMs)
    {
        Refill(rate, nowMs);
        if (!HasToken) return false;
        Take(1);
        return true;
    }

    /// <summary>Milliseconds until <see cref="HasToken"/>; 0 if there is one. As of the last <see cref="Refill"/>.</summary>
    public readonly long MsUntilToken(Rate rate) =>
        HasToken ? 0 : (PartsPerToken - _parts + rate.PerSecond - 1) / rate.PerSecond;
}
