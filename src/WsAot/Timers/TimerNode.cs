namespace WsAot.Timers;

/// <summary>Something that has at most one deadline at a time: it is its own node in the <see cref="TimerWheel"/>, so that having one costs no object.</summary>
internal abstract class TimerNode
{
    internal TimerNode? Next { get; set; }

    internal TimerNode? Previous { get; set; }

    internal long DueMs { get; set; }

    /// <summary>The slot it waits in, plus one; 0: none.</summary>
    internal int SlotNumber { get; set; }

    /// <summary>The deadline has passed. It may be set anew in the call.</summary>
    internal abstract void OnDue(long nowMs);
}
