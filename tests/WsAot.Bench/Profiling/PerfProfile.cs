using System.Globalization;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Profiling;

/// <summary>Where the server's time goes, the kernel's included: perf samples it while the load runs.</summary>
internal sealed class PerfProfile(string perf, LoadProgram load, RunOptions options)
{
    // The processor's clock, since virtual machines rarely have its counters; 4 kHz, and no multiple of the kernel's own tick.
    private const string Frequency = "3989";

    public async Task<PerfSample> RunAsync(string transport, Workload workload)
    {
        string data = Artifacts.PathOf("profile", "perf.data");
        int port = ServerProcess.FreePort();
        Launch launch = WsAotServer.LaunchOf(SymbolBuild.File, transport, workload, port);
        using ServerProcess server = await ServerProcess.StartAsync(launch, port, [options.ServerCore]);
        Task<LoadReport> loading = load.RunAsync(workload, port, server.Id);
        await Task.Delay(TimeSpan.FromSeconds(options.WarmupSeconds));
        await Command.RunAsync(perf,
        [
            "record", "-q", "-e", "cpu-clock", "-F", Frequency, "-o", data, "-p", server.Id.ToString(CultureInfo.InvariantCulture),
            "--", "sleep", options.Seconds.ToString(CultureInfo.InvariantCulture),
        ]);
        LoadReport report = await server.DuringAsync(loading);
        string text = await Command.RunAsync(perf,
            ["report", "-i", data, "--stdio", "--no-children", "-g", "none", "--sort", "dso,symbol", "-F", "overhead,dso,symbol", "-t", "|"]);
        return new PerfSample(PerfReport.Parse(text, Path.GetFileName(SymbolBuild.File)), report.CpuMicroseconds());
    }
}
