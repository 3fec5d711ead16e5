using System.Diagnostics;
using System.Globalization;
using WsAot.Soak.Abusing;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Draining;

/// <summary>Many idle connections: what they hold, a round of pings, and a drain, with an echo beside them all the time.</summary>
internal sealed class DrainRun(DrainOptions options, TextWriter output, RunProgress? progress = null)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    // What 10,000 connections take to open, and to be closed.
    private const double OpeningSeconds = 2;
    private const double DrainingSeconds = 1;

    public Faults Faults { get; } = new();

    /// <summary>The echoes during the drain.</summary>
    public EchoTimes Echoes { get; private set; }

    /// <summary>Whether there were no faults.</summary>
    public async Task<bool> RunAsync()
    {
        string pingMs = options.PingInterval.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            options.Server, usesTls: false, "--ping-interval-ms", pingMs, "--drain-delay-ms", "0");
        long residentBefore = server.ResidentBytes;
        long kernelBefore = ProcessMeter.KernelBytes;
        double crowds = options.Connections / 10_000.0;
        progress?.ExpectSeconds((crowds * (OpeningSeconds + DrainingSeconds)) + options.PingInterval.TotalSeconds);
        progress?.Begin($"opening {options.Connections} connections", crowds * OpeningSeconds);
        using IdleCrowd crowd = new(server.Address, options.Connections);
        await Task.Delay(1000);
        long resident = server.ResidentBytes - residentBefore;
        long kernel = ProcessMeter.KernelBytes - kernelBefore;
        await output.WriteLineAsync(
            $"drain: {options.Connections} idle connections, {resident / options.Connections} resident bytes each, "
            + $"{kernel / options.Connections} of the kernel for both ends of each");
        // Connected last, so it is closed last.
        using HonestClient echo = new(server.Address);
        progress?.Begin("a round of pings", options.PingInterval.TotalSeconds);
        await PingAsync(crowd, echo);

        progress?.Begin("drain", crowds * DrainingSeconds);
        echo.Take();
        long start = Stopwatch.GetTimestamp();
        Task stop = server.StopAsync(Faults);
        while (crowd.Open > 0 && Stopwatch.GetElapsedTime(start) < s_patience) await Task.Delay(1);
        TimeSpan closing = Stopwatch.GetElapsedTime(start);
        await stop;
        Echoes = echo.Take();
        await output.WriteLineAsync(
            $"  drain: all closed after {closing.TotalMilliseconds:F0} ms, the process ended after "
            + $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms; {Describe(Echoes)}");
        foreach ((int code, int count) in crowd.Codes)
        {
            await output.WriteLineAsync($"  {count} ended with {code}");
            if (code != 1001) Faults.Add($"{count} connections ended with {code}");
        }

        if (crowd.Open > 0) Faults.Add($"{crowd.Open} connections did not end");
        if (echo.Fault is { } fault) Faults.Add($"the echo: {fault}");
        if (Echoes.Count == 0) Faults.Add("no echo came back during the drain");
        if (options.ChecksLatency && Echoes.P99 > DrainOptions.MaxEchoMs) Faults.Add($"echoes took {Echoes.P99:F1} ms at p99");
        foreach (string line in server.Complaints) Faults.Add($"in the server's log: {line}");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
        return Faults.Count == 0;
    }

    /// <summary>Each connection gets one ping; the pings are spaced as the connects were.</summary>
    private async Task PingAsync(IdleCrowd crowd, HonestClient echo)
    {
        echo.Take();
        crowd.ForgetPings();
        Stopwatch patience = Stopwatch.StartNew();
        while (crowd.Pings < options.Connections && patience.Elapsed < options.PingInterval + s_patience) await Task.Delay(10);
        if (crowd.Pings < options.Connections) Faults.Add($"only {crowd.Pings} pings came");
        await output.WriteLineAsync($"  a round of pings took {crowd.PingRound.TotalMilliseconds:F0} ms; {Describe(echo.Take())}");
    }

    private static string Describe(EchoTimes times) =>
        $"{times.Count} echoes beside them took {times.P50:F2} ms at p50, {times.P99:F2} at p99, {times.Max:F1} at most";
}
