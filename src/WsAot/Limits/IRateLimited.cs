namespace WsAot.Limits;

/// <summary>A connection that waits until it may be read again.</summary>
internal interface IRateLimited
{
    /// <summary>The time that the <see cref="RateLimiter"/> has asked for has come. On the loop.</summary>
    void OnRateDue(long nowMs);
}
