using WsAot.Limits;
using WsAot.Memory;
using WsAot.Timers;

namespace WsAot.Connections;

/// <summary>
/// Has the memory compared with its limit while something happens on a loop, and closes the connections of the loop that hold most when it
/// runs out: a few at a time. Where there is no limit, or much is free, there is no timer for it.
/// </summary>
internal sealed class MemoryWatch(LoopState loop) : TimerNode, IMemoryWatch
{
    /// <summary>The connections that are closed at a time.</summary>
    public const int MostAtOnce = 4;

    /// <summary>To close one that holds less would help nobody.</summary>
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
