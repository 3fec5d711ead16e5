using WsAot.Bench.Building;
using WsAot.Bench.Running;

namespace WsAot.Bench.Profiling;

/// <summary>Says what the cost of a message is made of, with the tools that the machine has.</summary>
internal sealed class ProfileCommand(ProfileOptions options, TextWriter output)
{
    public async Task RunAsync()
    {
        string? perf = options.Tool == "callgrind" ? null : Tools.Find("perf");
        string? valgrind = options.Tool == "perf" ? null : Tools.Find("valgrind");
        if (perf is null && valgrind is null)
            throw new BenchException("What is to measure is not installed: install the Debian package linux-perf or valgrind.");

        if (options.IsBuilding)
        {
            await LoadProgram.BuildAsync();
            await SymbolBuild.PublishAsync();
        }

        LoadProgram load = new(options.LoadCore, options.WarmupSeconds, options.Seconds);
        // Counting knows no warm-up: what is counted must be what is divided by.
        LoadProgram countedLoad = new(options.LoadCore, 0, options.Seconds);
        string server = $"wsaot {options.Transport}";
        foreach (Scenario scenario in new Scenarios([]).All().Where(scenario => options.Only.Takes(scenario.Name, server)))
        {
            if (scenario.Contenders.FirstOrDefault(contender => contender.Name == server)?.Workload is not { Connections: > 0 } workload) continue;
            await output.WriteLineAsync($"{scenario.Name}, {server}\n");
            if (perf is not null) await output.WriteLineAsync(ProfileText.Of(await new PerfProfile(perf, load, options).RunAsync(options.Transport, workload), options.Top));
            if (valgrind is not null) await output.WriteLineAsync(await new CallgrindProfile(valgrind, countedLoad, options).RunAsync(workload));
        }
    }
}
