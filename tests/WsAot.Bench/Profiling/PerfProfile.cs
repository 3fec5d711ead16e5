using System.Globalization;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Profiling;

/// <summary>Where the server's time goes, the kernel's included: perf samples it while the load runs.</summary>
internal sealed class PerfProfile(string perf, LoadProgram load, ProfileOptions options)
{
    // The processor's clock, since virtual machines rarely have its counters; 4 kHz, and no multiple of the kernel's own tick.
    private const string Frequency = "3989";

    public async Task<string> RunAsync(Workload workload)
    {
        string data = Artifacts.PathOf("profile", "perf.data");
        int port = ServerProcess.FreePort();
        Launch launch = WsAotServer.LaunchOf(SymbolBuild.File, options.Transport, workload, port);
        using ServerProcess server = await ServerProcess.StartAsync(launch, port, [options.ServerCore]);
        Task<LoadReport> loading = load.RunAsync(workload, port, server.Id);
        await Task.Delay(TimeSpan.FromSeconds(options.WarmupSeconds));
        await Command.RunAsync(perf,
        [
            "record", "-q", "-e", "cpu-clock", "-F", Frequency, "-o", data, "-p", server.Id.ToString(CultureInfo.InvariantCulture),
            "--", "sleep", options.Seconds.ToString(CultureInfo.InvariantCulture),
        ]);
        LoadReport report = await loading;
        string text = await Command.RunAsync(perf,
            ["report", "-i", data, "--stdio", "--no-children", "-g", "none", "--sort", "dso,symbol", "-F", "overhead,dso,symbol", "-t", "|"]);
        return Describe(PerfReport.Parse(text, Path.GetFileName(SymbolBuild.File)), report.CpuMicroseconds());
    }

    private string Describe(IReadOnlyList<ProfileRow> rows, double microseconds)
    {
        TextTable table = new("whose", "% of time", "us a message");
        foreach (CodeOwner owner in Enum.GetValues<CodeOwner>())
        {
            double share = rows.Where(row => row.Owner == owner).Sum(row => row.Share);
            table.Add(ProfileText.Name(owner), Figure.Percent(share), Figure.Short(share * microseconds));
        }

        string ours = ProfileText.Top(rows.Where(row => row.Owner != CodeOwner.Kernel), options.Top);
        string kernel = ProfileText.Top(rows.Where(row => row.Owner == CodeOwner.Kernel), options.Top);
        return $"perf: {Figure.Short(microseconds)} us of CPU a message\n{table}\n{ours}\n{kernel}";
    }
}
