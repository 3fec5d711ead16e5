namespace WsAot.Limits;

/// <summary>
/// What limits have done on a loop, which alone writes; any thread may read. What they refuse or end is counted with all that is refused or
/// ends.
/// </summary>
internal sealed class LimitCounters
{
    /// <summary>How often a connection was not read because it had used up its rate.</summary>
    public long RatePauses;

    /// <summary>For how long together, in milliseconds. A pause counts when it ends.</summary>
    public long RatePausedMs;

    /// <summary>Connections that newer ones of the same user have replaced.</summary>
    public long Replaced;
}
