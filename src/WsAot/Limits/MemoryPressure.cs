using Microsoft.Extensions.Logging;
using WsAot.Memory;

namespace WsAot.Limits;

/// <summary>
/// Compares the resident memory with the limit. Beyond a first mark it has garbage collected and refuses upgrades; beyond a second, what is
/// over the first is to be freed by closing connections, after each collection anew. Any thread.
/// </summary>
/// <param name="read">Looks at the process.</param>
/// <param name="reclaimer">Gives memory back before somebody is refused or closed.</param>
/// <param name="logger">The server's.</param>
internal sealed class MemoryPressure(Func<MemoryReading> read, MemoryReclaimer reclaimer, ILogger logger)
{
    public const int RefusePercent = 85;
    public const int ClosePercent = 95;

    /// <summary>From here on the memory is read as often as may be; below, now and then.</summary>
    public const int WatchPercent = 50;

    /// <summary>The shortest time between two readings, however many loops and upgrades ask.</summary>
    public const int ReadIntervalMs = 250;

    private const int LogIntervalMs = 10_000;
    private const int LeastRetrySeconds = 5;
    private const int MostRetrySeconds = 15;

    private readonly Spread _spread = new();
    private long _nextReadMs = long.MinValue;
    private long _excessBytes;
    private long _largestBytes;             // since the last reading
    private long _largestBytesBefore;       // between the last two
    private long _nextLogMs;
    private MemoryLevel _logged;
    private int _level;
    private bool _isToBeWatched;
    private int _isReading;

    public MemoryLevel Level => (MemoryLevel)Volatile.Read(ref _level);

    /// <summary>Whether it might run out before something else asks for a reading.</summary>
    public bool IsToBeWatched => Volatile.Read(ref _isToBeWatched);

    /// <summary>The bytes that closing connections should free still; 0 or less: none, or none before the next collection.</summary>
    public long ExcessBytes => Volatile.Read(ref _excessBytes);

    /// <summary>Seconds after which a refused client should come again: not all at once.</summary>
    public int NextRetrySeconds => _spread.Next(LeastRetrySeconds, MostRetrySeconds);

    /// <summary>
    /// A loop says what its largest connection holds, and hears what one must hold to be closed: half of what the largest of all loops
    /// does. Before all of them have said it, none is closed.
    /// </summary>
    public long Compare(long largestBytes)
    {
        long known = Volatile.Read(ref _largestBytes);
        while (largestBytes > known) known = Interlocked.CompareExchange(ref _largestBytes, largestBytes, known);
        long before = Volatile.Read(ref _largestBytesBefore);
        return before == 0 ? long.MaxValue : Math.Max(before, largestBytes) / 2;
    }

    /// <summary>A connection was closed, which held so much.</summary>
    public void OnFreed(long bytes) => Interlocked.Add(ref _excessBytes, -bytes);

    /// <summary>Reads the memory if the last time is long enough ago.</summary>
    /// <param name="limitBytes">The limit: more than 0.</param>
    /// <param name="nowMs">The time.</param>
    public MemoryLevel Look(long limitBytes, long nowMs)
    {
        if (nowMs < Volatile.Read(ref _nextReadMs) || Interlocked.Exchange(ref _isReading, 1) != 0) return Level;
        Volatile.Write(ref _nextReadMs, nowMs + ReadIntervalMs);
        Volatile.Write(ref _largestBytesBefore, Interlocked.Exchange(ref _largestBytes, 0));
        MemoryLevel level = Judge(Level, limitBytes, nowMs, out long bytes);
        Volatile.Write(ref _level, (int)level);
        Volatile.Write(ref _isToBeWatched, level != MemoryLevel.Low || bytes >= limitBytes / 100 * WatchPercent);
        LogIfChanged(level, bytes, limitBytes, nowMs);
        Volatile.Write(ref _isReading, 0);
        return level;
    }

    /// <summary>
    /// A higher level is logged at once, a lower one some time later: memory that goes up and down does not fill the log.
    /// </summary>
    private void LogIfChanged(MemoryLevel level, long bytes, long limitBytes, long nowMs)
    {
        if (level == _logged || (level < _logged && nowMs < _nextLogMs)) return;
        _logged = level;
        _nextLogMs = nowMs + LogIntervalMs;
        LimitLog.MemoryLevelChanged(logger, level, bytes, limitBytes);
    }

    private MemoryLevel Judge(MemoryLevel before, long limitBytes, long nowMs, out long bytes)
    {
        long refuseBytes = limitBytes / 100 * RefusePercent;
        long closeBytes = limitBytes / 100 * ClosePercent;
        bytes = read().ResidentBytes;
        if (bytes >= refuseBytes)
        {
            bool isUrgent = before == MemoryLevel.Critical || bytes >= closeBytes;
            bool hasCollected = reclaimer.TryGiveBack(nowMs, isUrgent);
            if (hasCollected) bytes = read().ResidentBytes;
            // What was closed since then is freed by the next collection only: until then nobody else is closed.
            if (hasCollected && isUrgent) Volatile.Write(ref _excessBytes, bytes - refuseBytes);
        }

        if (bytes < refuseBytes)
        {
            Volatile.Write(ref _excessBytes, 0);
            return MemoryLevel.Low;
        }

        return before == MemoryLevel.Critical || bytes >= closeBytes ? MemoryLevel.Critical : MemoryLevel.High;
    }
}
