namespace WsAot.Memory;

/// <summary>Watches a memory limit while a loop is active.</summary>
internal interface IMemoryWatch
{
    /// <summary>The loop is active. Called when activity begins, and then every <see cref="LoopMemory.IntervalMs"/>.</summary>
    void OnActive(long nowMs);
}
