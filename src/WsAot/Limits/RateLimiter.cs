using WsAot.Timers;

namespace WsAot.Limits;

/// <summary>
/// Counts what one connection sends against the limits of its route. Created with the first message, so a silent connection has none. On
/// the loop.
/// </summary>
internal sealed class RateLimiter(IRateLimited owner, RateLimits limits, long nowMs) : TimerNode
{
    private TokenBucket _messages = new(limits.Messages, nowMs);
    private TokenBucket _bytes = new(limits.Bytes, nowMs);

    /// <summary>When reading was paused. Meaningful only while <see cref="IsPaused"/>.</summary>
    public long PausedMs { get; set; }

    /// <summary>Whether reading is paused.</summary>
    public bool IsPaused => SlotNumber != 0;

    /// <summary>Whether the log has a line about this connection.</summary>
    public bool IsLogged { get; set; }

    /// <summary>Whether the connection may send: each limited rate has a token left.</summary>
    public bool MayReceive(RateLimits limits, long nowMs)
    {
        bool may = true;
        if (limits.Messages.IsLimited)
        {
            _messages.Refill(limits.Messages, nowMs);
            may = _messages.HasToken;
        }

        if (!limits.Bytes.IsLimited) return may;
        _bytes.Refill(limits.Bytes, nowMs);
        return may && _bytes.HasToken;
    }

    public void Take(RateLimits limits, int messages, int bytes)
    {
        if (limits.Messages.IsLimited) _messages.Take(messages);
        if (limits.Bytes.IsLimited) _bytes.Take(bytes);
    }

    /// <summary>Milliseconds until <see cref="MayReceive"/> is true, as of its last call.</summary>
    public long MsUntilMayReceive(RateLimits limits) => Math.Max(
        limits.Messages.IsLimited ? _messages.MsUntilToken(limits.Messages) : 0,
        limits.Bytes.IsLimited ? _bytes.MsUntilToken(limits.Bytes) : 0);

    /// <summary>A clause that says which rate was exceeded, and the option that sets it.</summary>
    public (string Reason, string Option) Describe(RateLimits limits) => limits.Messages.IsLimited && !_messages.HasToken
        ? ($"the client sends more than {limits.Messages.PerSecond} messages a second", "--max-messages-per-second")
        : ($"the client sends more than {limits.Bytes.PerSecond} bytes a second", "--max-bytes-per-second");

    /// <inheritdoc/>
    internal override void OnDue(long nowMs) => owner.OnRateDue(nowMs);
}
