namespace WsAot.Memory;

/// <summary>Watches a limit of memory, while something happens on a loop.</summary>
internal interface IMemoryWatch
{
    /// <summary>Something has happened since the last call: when it begins, and every <see cref="LoopMemory.IntervalMs"/> then.</summary>
    void OnActive(long nowMs);
}
