namespace WsAot.Limits;

/// <summary>How close the process is to its memory limit.</summary>
internal enum MemoryLevel : byte
{
    /// <summary>Less than <see cref="MemoryPressure.RefusePercent"/>.</summary>
    Low,

    /// <summary>The server refuses upgrades.</summary>
    High,

    /// <summary>
    /// Memory has reached <see cref="MemoryPressure.ClosePercent"/> and has not fallen below <see cref="MemoryPressure.RefusePercent"/>
    /// since.
    /// </summary>
    Critical,
}
