using WsAot.Connections;
using WsAot.Loops;
using WsAot.Metrics;

namespace WsAot.Server;

/// <summary>
/// Measures how long a loop makes a new event wait: posts itself there again and again. So a long turn is seen without a clock in any turn.
/// </summary>
/// <param name="loop">The loop.</param>
internal sealed class LoopDelay(LoopState loop) : LoopWorkItem
{
    private long _sent;     // 0: it is not on its way
    private long _longestTicks;

    /// <summary>All delays that were measured. Any thread reads.</summary>
    public Histogram Delays { get; } = new();

    /// <summary>Whether the loop has not answered the last one. Any thread.</summary>
    public bool IsOnItsWay => Volatile.Read(ref _sent) != 0;

    /// <summary>Posts itself, unless it is on its way. One thread at a time.</summary>
    public void Probe()
    {
        if (IsOnItsWay) return;
        Volatile.Write(ref _sent, loop.GetTimestamp());
        loop.Post(this);
    }

    /// <summary>What it has waited so far, if it is on its way. Any thread.</summary>
    public TimeSpan Waiting => Volatile.Read(ref _sent) is not 0 and var sent ? loop.GetElapsed(sent) : TimeSpan.Zero;

    /// <summary>
    /// The longest delay since the last call; where it is on its way, what it has waited so far if that is longer. One thread at a time.
    /// </summary>
    public TimeSpan TakeLongest()
    {
        var longest = new TimeSpan(Interlocked.Exchange(ref _longestTicks, 0));
        TimeSpan waiting = Waiting;
        return waiting > longest ? waiting : longest;
    }

    /// <summary>On the loop.</summary>
    public override void Run()
    {
        TimeSpan delay = loop.GetElapsed(_sent);
        Delays.Observe(delay);
        if (delay.Ticks > Volatile.Read(ref _longestTicks)) Volatile.Write(ref _longestTicks, delay.Ticks);
        Volatile.Write(ref _sent, 0);
    }
}
