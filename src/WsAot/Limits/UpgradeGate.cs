namespace WsAot.Limits;

/// <summary>
/// Lets upgrades of all addresses in at a rate, and tells the others when to come again. Any thread.
/// </summary>
/// <remarks>
/// Those who are refused are queued in thought: the one with k others before it is told to come in (k + 1) / rate seconds, rounded up. So a
/// crowd comes back at the rate at which it is let in, and each of it has to come twice, not again and again. When the queue is longer than
/// <see cref="MaxWaitSeconds"/>, its end is spread over the second half of that.
/// </remarks>
internal sealed class UpgradeGate
{
    public const int MaxWaitSeconds = 300;

    private readonly Lock _lock = new();
    private readonly Spread _spread = new();
    private TokenBucket _upgrades;
    private TokenBucket _promises;
    private Rate _rate;

    /// <summary>Takes a token for one upgrade.</summary>
    /// <returns>0 if it may pass; else the seconds after which to come again.</returns>
    public int TryPass(Rate rate, long nowMs)
    {
        lock (_lock)
        {
            Rate promised = PromisesOf(rate);
            if (!rate.IsSameAs(_rate))
            {
                _upgrades = new TokenBucket(rate, nowMs);
                _promises = new TokenBucket(promised, nowMs);
                _rate = rate;
            }

            if (_upgrades.TryTake(rate, nowMs)) return 0;
            _promises.Refill(promised, nowMs);
            long queued = promised.Capacity - _promises.Tokens;
            long seconds = (queued / promised.PerSecond) + 1;
            if (seconds > MaxWaitSeconds) return _spread.Next(MaxWaitSeconds / 2, MaxWaitSeconds);
            _promises.Take(1);
            return (int)seconds;
        }
    }

    /// <summary>The places in the queue: as many a second as find a token, if all of a second come at once.</summary>
    private static Rate PromisesOf(Rate rate) => new(Math.Min(rate.PerSecond, rate.Capacity), 1);
}
