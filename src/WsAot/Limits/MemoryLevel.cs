namespace WsAot.Limits;

/// <summary>How much of the memory that the process may use is used.</summary>
internal enum MemoryLevel : byte
{
    /// <summary>Less than <see cref="MemoryPressure.RefusePercent"/>.</summary>
    Low,

    /// <summary>No more upgrades are accepted.</summary>
    High,

    /// <summary>
    /// It has come to <see cref="MemoryPressure.ClosePercent"/>, and has not fallen below <see cref="MemoryPressure.RefusePercent"/> since.
    /// </summary>
    Critical,
}
