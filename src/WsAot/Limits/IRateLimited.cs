namespace WsAot.Limits;

/// <summary>A connection whose reading is paused because of its rate.</summary>
internal interface IRateLimited
{
    /// <summary>The pause that the <see cref="RateLimiter"/> asked for is over. On the loop.</summary>
    void OnRateDue(long nowMs);
}
