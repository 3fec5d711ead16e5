using WsAot.Limits;
using WsAot.Memory;
using WsAot.Timers;

namespace WsAot.Connections;

/// <summary>
/// Compares the memory of the process with its limit while the loop is active. When memory runs out, it closes the loop's largest
/// connections, a few at a time. Without a limit, or with plenty of free memory, it sets no timer.
/// </summary>
internal sealed class MemoryWatch(LoopState loop) : TimerNode, IMemoryWatch
{
    /// <summary>How many connections are closed at a time.</summary>
    public const int MostAtOnce = 4;

    /// <summary>A connection that holds less is not closed, because that would free too little.</summary>
    public const int LeastBytes = 64 * 1024;

    private readonly Session?[] _largest = new Session?[MostAtOnce];

    private MemoryPressure Pressure => loop.Server.Limits.Memory;

    /// <inheritdoc/>
    public void OnActive(long nowMs)
    {
        if (SlotNumber == 0) Look(nowMs);
    }

    /// <inheritdoc/>
    internal override void OnDue(long nowMs) => Look(nowMs);

    private void Look(long nowMs)
    {
        if (loop.Server.Limits.MemoryLimit(loop.Server.Options) is not (> 0 and var limitBytes)) return;
        if (Pressure.Look(limitBytes, nowMs) == MemoryLevel.Critical) CloseLargest();
        if (Pressure.IsToBeWatched) loop.Timers.Schedule(this, nowMs + MemoryPressure.ReadIntervalMs);
    }

    private void CloseLargest()
    {
        loop.Sessions.FindLargest(_largest);
        long leastBytes = Math.Max(LeastBytes, Pressure.Compare(_largest[0]?.HeldBytes ?? 0));
        foreach (Session? session in _largest)
        {
            if (session is null || session.HeldBytes < leastBytes || Pressure.ExcessBytes <= 0) break;
            long heldBytes = session.HeldBytes;
            session.EndForMemory();
            Pressure.OnFreed(heldBytes);
        }

        Array.Clear(_largest);
    }
}
