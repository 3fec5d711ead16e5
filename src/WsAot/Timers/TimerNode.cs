namespace WsAot.Timers;

/// <summary>
/// An object with at most one deadline at a time. It is its own node in the <see cref="TimerWheel"/>, so a deadline costs no object.
/// </summary>
internal abstract class TimerNode
{
    internal TimerNode? Next { get; set; }

    internal TimerNode? Previous { get; set; }

    /// <summary>
    /// The lower 32 bits of the deadline. Only its distance from the current time is used, and no option sets a deadline of more than 24
    /// days.
    /// </summary>
    internal uint DueMs { get; set; }

    /// <summary>The number of its slot, plus one; 0 if it has no deadline.</summary>
    internal int SlotNumber { get; set; }

    /// <summary>How many milliseconds ago the deadline was; negative if it is still to come.</summary>
    internal int LateMs(long nowMs) => (int)((uint)nowMs - DueMs);

    /// <summary>The deadline has passed. The call may set a new one.</summary>
    internal abstract void OnDue(long nowMs);
}
