namespace WsAot.Limits;

/// <summary>
/// Enforces a <see cref="Rate"/> with tokens, which come back over time and of which some can be saved. A message may pass while there is
/// at least one token. It takes its whole cost, even if that leaves a debt, which must be paid off before the next message passes. So a
/// message of any size passes eventually, and the total at any time is at most the burst, plus the rate times the time, plus one message.
/// </summary>
/// <remarks>The time is in milliseconds, and all numbers are whole: nothing is rounded. Not thread-safe; do not copy.</remarks>
internal struct TokenBucket(Rate rate, long nowMs)
{
    /// <summary>
    /// Loops read the clock at different moments, so a later call may have an earlier time. If the time goes back further than this, the
    /// clock was set.
    /// </summary>
    public const int MaxSkewMs = 60_000;

    /// <summary>At a rate of one a second, one part comes back each millisecond.</summary>
    private const long PartsPerToken = 1000;

    private long _parts = rate.Capacity * PartsPerToken;
    private long _lastMs = nowMs;

    /// <summary>Whether a message may pass, as of the last <see cref="Refill"/>.</summary>
    public readonly bool HasToken => _parts >= PartsPerToken;

    /// <summary>Whether it is full, like a new one, as of the last <see cref="Refill"/>.</summary>
    public readonly bool IsFull(Rate rate) => _parts >= rate.Capacity * PartsPerToken;

    /// <summary>The whole tokens left; negative for a debt, rounded up. As of the last <see cref="Refill"/>.</summary>
    public readonly long Tokens => _parts >= 0 ? _parts / PartsPerToken : -((PartsPerToken - 1 - _parts) / PartsPerToken);

    /// <summary>Adds the tokens that have come back since the last call.</summary>
    public void Refill(Rate rate, long nowMs)
    {
        long elapsedMs = nowMs - _lastMs;
        if (elapsedMs < -MaxSkewMs) _lastMs = nowMs;
        if (elapsedMs < 0) return;
        _lastMs = nowMs;
        long full = rate.Capacity * PartsPerToken;
        // Compared before multiplying, because the clock may jump by any amount.
        _parts = elapsedMs > (full - _parts) / rate.PerSecond ? full : _parts + (elapsedMs * rate.PerSecond);
    }

    /// <summary>Takes tokens, even if that leaves a debt.</summary>
    public void Take(long tokens) => _parts -= tokens * PartsPerToken;

    /// <summary>Takes one token if there is one.</summary>
    public bool TryTake(Rate rate, long nowMs)
    {
        Refill(rate, nowMs);
        if (!HasToken) return false;
        Take(1);
        return true;
    }

    /// <summary>Milliseconds until <see cref="HasToken"/> is true; 0 if it is. As of the last <see cref="Refill"/>.</summary>
    public readonly long MsUntilToken(Rate rate) =>
        HasToken ? 0 : (PartsPerToken - _parts + rate.PerSecond - 1) / rate.PerSecond;
}
