using WsAot.Server;

namespace WsAot.Dashboard;

/// <summary>Takes a sample each second, and keeps those of the last ten minutes. Any thread.</summary>
internal sealed class SampleHistory
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int Kept = 600;

    private readonly Lock _lock = new();
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Queue<Sample> _samples = new(Kept);
    private Totals _last;
    private long _lastTimestamp;
    private int _isTaking;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SampleHistory(ServerMetrics metrics, TimeProvider time)
    {
        (_metrics, _time) = (metrics, time);
        (_last, _lastTimestamp) = (Look(), time.GetTimestamp());
    }

    /// <summary>Takes the next sample, unless another thread is taking it.</summary>
    public void Take()
    {
        if (Interlocked.Exchange(ref _isTaking, 1) != 0) return;
        Totals now = Look();
        long timestamp = _time.GetTimestamp();
        double seconds = Math.Max(_time.GetElapsedTime(_lastTimestamp, timestamp).TotalSeconds, 0.001);
        Sample sample = Compare(_last, now, seconds);
        (_last, _lastTimestamp) = (now, timestamp);
        TaskCompletionSource next;
        lock (_lock)
        {
            if (_samples.Count == Kept) _samples.Dequeue();
            _samples.Enqueue(sample);
            next = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Volatile.Write(ref _isTaking, 0);
        next.SetResult();
    }

    /// <summary>The samples after a time, and a task that completes when the next one exists.</summary>
    /// <param name="afterMs">The time of the last sample that the caller has.</param>
    public (Sample[] Samples, Task Next) Read(long afterMs)
    {
        lock (_lock)
        {
            Sample[] all = _samples.ToArray();
            int first = Array.FindIndex(all, sample => sample.TimeMs > afterMs);
            return (first < 0 ? [] : all[first..], _next.Task);
        }
    }

    private Totals Look()
    {
        var totals = new Totals();
        _metrics.Collect(totals);
        return totals;
    }

    private Sample Compare(Totals last, Totals now, double seconds)
    {
        double use = 0;
        double busiest = 0;
        int loops = Math.Min(last.LoopSeconds.Count, now.LoopSeconds.Count);
        for (int i = 0; i < loops; i++)
        {
            double one = Math.Clamp((now.LoopSeconds[i] - last.LoopSeconds[i]) / seconds, 0, 1);
            use += one / loops;
            busiest = Math.Max(busiest, one);
        }

        double delay = 0;
        foreach (LoopDelay loop in _metrics.Delays) delay = Math.Max(delay, loop.TakeLongest().TotalMilliseconds);
        return new Sample
        {
            TimeMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Connections = (int)now.Connections,
            MessagesIn = Rate(last.MessagesIn, now.MessagesIn),
            MessagesOut = Rate(last.MessagesOut, now.MessagesOut),
            BytesIn = Rate(last.BytesIn, now.BytesIn),
            BytesOut = Rate(last.BytesOut, now.BytesOut),
            Median = now.HandlerTime.QuantileMs(0.5, last.HandlerTime),
            P99 = now.HandlerTime.QuantileMs(0.99, last.HandlerTime),
            LoopUse = Math.Round(use, 3),
            BusiestLoop = Math.Round(busiest, 3),
            LongestDelay = Math.Round(delay, 2),
            ResidentBytes = (long)now.ResidentBytes,
            HeapBytes = (long)now.HeapBytes,
            PendingBytes = (long)now.PendingBytes,
            Refusals = Rate(last.Refusals, now.Refusals),
        };

        double Rate(double before, double after) => Math.Round((after - before) / seconds, 1);
    }
}
