using WsAot.Connections;
using WsAot.Loops;
using WsAot.Metrics;

namespace WsAot.Server;

/// <summary>
/// Measures how long a loop makes a new event wait: it posts itself to the loop again and again. So a long turn is noticed without reading
/// the clock in any turn.
/// </summary>
/// <param name="loop">The loop.</param>
internal sealed class LoopDelay(LoopState loop) : LoopWorkItem
{
    private long _sent;     // 0 if it is not posted
    private long _longestTicks;

    /// <summary>All measured delays. Any thread may read them.</summary>
    public Histogram Delays { get; } = new();

    /// <summary>Whether it is posted and the loop has not run it yet. Any thread.</summary>
    public bool IsOnItsWay => Volatile.Read(ref _sent) != 0;

    /// <summary>Posts itself, unless it is posted already. One thread at a time.</summary>
    public void Probe()
    {
        if (IsOnItsWay) return;
        Volatile.Write(ref _sent, loop.GetTimestamp());
        loop.Post(this);
    }

    /// <summary>How long it has waited so far, if it is posted. Any thread.</summary>
    public TimeSpan Waiting => Volatile.Read(ref _sent) is not 0 and var sent ? loop.GetElapsed(sent) : TimeSpan.Zero;

    /// <summary>The longest delay since the last call, including the wait so far if it is posted. One thread at a time.</summary>
    public TimeSpan TakeLongest()
    {
        var longest = new TimeSpan(Interlocked.Exchange(ref _longestTicks, 0));
        TimeSpan waiting = Waiting;
        return waiting > longest ? waiting : longest;
    }

    /// <summary>The loop runs it.</summary>
    public override void Run()
    {
        TimeSpan delay = loop.GetElapsed(_sent);
        Delays.Observe(delay);
        if (delay.Ticks > Volatile.Read(ref _longestTicks)) Volatile.Write(ref _longestTicks, delay.Ticks);
        Volatile.Write(ref _sent, 0);
    }
}
