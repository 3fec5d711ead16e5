namespace WsAot.Limits;

/// <summary>Lets in the upgrades of all addresses at a rate, and tells the refused clients when to try again. Any thread.</summary>
/// <remarks>
/// Refused clients are told times as if they stood in a queue: a client with k others before it is told to come back in (k + 1) / rate
/// seconds, rounded up. So a crowd comes back at the rate at which it is let in, and each client has to try twice, not again and again.
/// When the queue is longer than <see cref="MaxWaitSeconds"/>, the clients at its end are spread over the second half of that time.
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
    /// <returns>0 if it may pass; otherwise the seconds after which to try again.</returns>
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

    /// <summary>How many clients are told to come back in the same second: as many as find a token if all of them come at once.</summary>
    private static Rate PromisesOf(Rate rate) => new(Math.Min(rate.PerSecond, rate.Capacity), 1);
}
