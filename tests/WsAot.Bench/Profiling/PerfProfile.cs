using System.Globalization;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Profiling;

/// <summary>Shows where the server's time goes, including the kernel's: perf takes samples while the load runs.</summary>
internal sealed class PerfProfile(string perf, RunOptions options)
{
    // The processor's clock, because virtual machines rarely have its counters. About 4 kHz, but not a multiple of the kernel's tick.
    private const string Frequency = "3989";

    // All samples must be within the time that the load measures. The load starts to measure only after its handshakes and its warm-up.
    // perf shares a core with the server or the load, so it begins and ends later than it is told to.
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(2);

    private readonly LoadProgram _load = new(
        options.LoadCore, options.WarmupSeconds, (s_before + TimeSpan.FromSeconds(options.Seconds) + s_after).TotalSeconds);

    public async Task<PerfSample> RunAsync(string transport, Workload workload)
    {
        string data = Artifacts.PathOf("profile", "perf.data");
        int port = LoopbackPort.Free();
        Launch launch = WsAotServer.LaunchOf(SymbolBuild.File, transport, workload, port);
        using BenchedServer server = await BenchedServer.StartAsync(launch, port, [options.ServerCore]);
        Task<LoadReport> loading = _load.RunAsync(workload, port, server.Id);
        await Task.Delay(TimeSpan.FromSeconds(options.WarmupSeconds) + s_before);
        await Command.RunAsync(perf,
        [
            "record", "-q", "-e", "cpu-clock", "-F", Frequency, "-o", data, "-p", server.Id.ToString(CultureInfo.InvariantCulture),
            "--", "sleep", options.Seconds.ToString(CultureInfo.InvariantCulture),
        ]);
        LoadReport report = await server.DuringAsync(loading);
        string text = await Command.RunAsync(perf,
            [
                "report", "-i", data, "--stdio", "--no-children", "-g", "none", "--sort", "dso,symbol", "-F", "overhead,dso,symbol", "-t",
                "|",
            ]);
        return new PerfSample(
            PerfReport.Parse(text, Path.GetFileName(SymbolBuild.File)), PerfReport.Samples(text), report.CpuMicroseconds());
    }
}
