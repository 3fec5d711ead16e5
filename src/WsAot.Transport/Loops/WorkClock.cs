using System.Runtime.CompilerServices;

namespace WsAot.Transport;

/// <summary>
/// The clock that limits a loop's portions of work: how long each may take, and how much work to do between two readings. Reading a clock
/// costs as much as a tenth of a small message, so it is read rarely. On the loop.
/// </summary>
public sealed class WorkClock
{
    /// <summary>
    /// The portions of one kind in a batch share this time, so that a batch takes about the same time however many connections are busy.
    /// </summary>
    private const int SharedMicroseconds = 8000;

    private const int LongestMicroseconds = 2000;

    /// <summary>A shorter portion would do less work than starting it costs.</summary>
    private const int ShortestMicroseconds = 250;

    /// <summary>How long work may take between two readings.</summary>
    private const int UnseenMicroseconds = 250;

    private const int MaxUnseenUnits = 4096;
    private const int MinUnseenUnits = 64;

    private readonly TimeProvider _time;
    private int _portions = -1;

    internal WorkClock(TimeProvider time)
    {
        _time = time;
        TicksPerMillisecond = Math.Max(1, time.TimestampFrequency / 1000);
        Share(1);
    }

    /// <summary>The units of work between two readings: the longer a unit takes on this loop, the fewer.</summary>
    internal int UnseenUnits { get; private set; } = MaxUnseenUnits;

    /// <summary>How long a portion that begins now may take.</summary>
    internal long PortionTicks { get; private set; }

    internal long TicksPerMillisecond { get; }

    internal long Now => _time.GetTimestamp();

    /// <summary>Sets how many portions the batch has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Share(int portions)
    {
        if (portions != _portions) SetPortions(portions);
    }

    /// <summary>Learns, from the time that some work took, how many units to do between two readings.</summary>
    internal void Learn(int units, long ticks) => UnseenUnits = ticks <= 0
        ? MaxUnseenUnits
        : (int)Math.Clamp(units * UnseenMicroseconds / 1000.0 * TicksPerMillisecond / ticks, MinUnseenUnits, MaxUnseenUnits);

    private void SetPortions(int portions)
    {
        _portions = portions;
        PortionTicks = Ticks(Math.Clamp(SharedMicroseconds / Math.Max(portions, 1), ShortestMicroseconds, LongestMicroseconds));
    }

    private long Ticks(long microseconds) => microseconds * TicksPerMillisecond / 1000;
}
