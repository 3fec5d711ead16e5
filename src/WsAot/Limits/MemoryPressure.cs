using Microsoft.Extensions.Logging;
using WsAot.Memory;

namespace WsAot.Limits;

/// <summary>
/// Compares the resident memory with the limit. Above a first mark it collects garbage and refuses upgrades. Above a second mark,
/// connections must be closed until memory is back at the first one; the amount is computed again after each collection. Any thread.
/// </summary>
/// <param name="read">Reads the memory of the process.</param>
/// <param name="reclaimer">Collects garbage before clients are refused or connections closed.</param>
/// <param name="logger">The server's logger.</param>
internal sealed class MemoryPressure(Func<MemoryReading> read, MemoryReclaimer reclaimer, ILogger logger)
{
    public const int RefusePercent = 85;
    public const int ClosePercent = 95;

    /// <summary>Above this, the memory is read as often as allowed; below it, only now and then.</summary>
    public const int WatchPercent = 50;

    /// <summary>The shortest time between two readings, even if many loops and upgrades ask.</summary>
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

    /// <summary>Whether memory might run out before the next upgrade asks for a reading.</summary>
    public bool IsToBeWatched => Volatile.Read(ref _isToBeWatched);

    /// <summary>The bytes that closing connections should still free. 0 or less: close none before the next collection.</summary>
    public long ExcessBytes => Volatile.Read(ref _excessBytes);

    /// <summary>The seconds after which a refused client should try again. Spread out, so that they do not all come at once.</summary>
    public int NextRetrySeconds => _spread.Next(LeastRetrySeconds, MostRetrySeconds);

    /// <summary>
    /// Takes the size of a loop's largest connection, and returns the size from which a connection may be closed: half of the largest of
    /// all loops. Until all loops have reported, no connection is closed.
    /// </summary>
    public long Compare(long largestBytes)
    {
        long known = Volatile.Read(ref _largestBytes);
        while (largestBytes > known) known = Interlocked.CompareExchange(ref _largestBytes, largestBytes, known);
        long before = Volatile.Read(ref _largestBytesBefore);
        return before == 0 ? long.MaxValue : Math.Max(before, largestBytes) / 2;
    }

    /// <summary>A connection that held this much was closed.</summary>
    public void OnFreed(long bytes) => Interlocked.Add(ref _excessBytes, -bytes);

    /// <summary>Reads the memory, unless the last reading is too recent.</summary>
    /// <param name="limitBytes">The limit; more than 0.</param>
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
    /// A higher level is logged at once. A lower one is logged some time later, so that memory that goes up and down does not fill the log.
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
            // The next collection frees what has been closed since. Until then, no further connection is closed.
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
