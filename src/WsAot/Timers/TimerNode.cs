namespace WsAot.Timers;

/// <summary>
/// An object with at most one deadline at a time. It is its own node in the <see cref="TimerWheel"/>, so a deadline costs no object.
/// </summary>
internal abstract class TimerNode
{
    internal TimerNode? Next { get; set; }

    internal TimerNode? Previous { get; set; }

    internal long DueMs { get; set; }

    /// <summary>The number of its slot, plus one; 0 if it has no deadline.</summary>
    internal int SlotNumber { get; set; }

    /// <summary>The deadline has passed. The call may set a new one.</summary>
    internal abstract void OnDue(long nowMs);
}
