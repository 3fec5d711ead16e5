using System.Diagnostics;

namespace WsAot.Bench.Load.Measuring;

/// <summary>The warm-up, then the measured time. At both ends, all figures are read at once, between two answers.</summary>
internal sealed class MeasuredWindow(ServerMeter meter, double warmupSeconds, double seconds)
{
    private readonly LatencyHistogram _latencies = new();
    private readonly long _residentBefore = meter.ResidentBytes;
    private long _start;
    private long _end;
    private long _messages;
    private long _serverCpu;
    private long _loadCpu;
    private long _machineCpu;
    private bool _isOpen;

    public LoadReport? Report { get; private set; }

    /// <summary>Begins the warm-up: the load runs from now on.</summary>
    public void Begin()
    {
        _start = Stopwatch.GetTimestamp() + (long)(warmupSeconds * Stopwatch.Frequency);
        _end = _start + (long)(seconds * Stopwatch.Frequency);
    }

    public void Count(long latencyNs)
    {
        _messages++;
        _latencies.Add(latencyNs);
    }

    /// <summary>Opens or closes the window when it is time.</summary>
    /// <returns>Whether it has closed.</returns>
    public bool Advance(long now)
    {
        if (_isOpen && now >= _end) Close();
        else if (!_isOpen && now >= _start) Open();
        return Report is not null;
    }

    private void Open()
    {
        _isOpen = true;
        _messages = 0;
        _latencies.Clear();
        _machineCpu = MachineMeter.BusyNs;
        _loadCpu = ServerMeter.OwnCpuNs;
        _serverCpu = meter.CpuNs;
        _start = Stopwatch.GetTimestamp();
    }

    private void Close()
    {
        long serverCpu = meter.CpuNs - _serverCpu;
        long loadCpu = ServerMeter.OwnCpuNs - _loadCpu;
        long othersCpu = MachineMeter.BusyNs - _machineCpu - serverCpu - loadCpu;
        double elapsed = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        Report = new LoadReport(
            _messages,
            elapsed,
            serverCpu,
            loadCpu,
            Math.Max(0, othersCpu),
            _latencies.Quantile(0.5),
            _latencies.Quantile(0.99),
            _latencies.Quantile(0.999),
            _residentBefore,
            meter.ResidentBytes);
    }
}
