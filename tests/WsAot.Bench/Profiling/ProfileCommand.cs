using WsAot.Bench.Running;
using WsAot.Bench.Servers;
using WsAot.TestKit.Reporting;

namespace WsAot.Bench.Profiling;

/// <summary>Says what the cost of a message is made of, with the tools that the machine has.</summary>
internal sealed class ProfileCommand(ProfileOptions options, TextWriter output, RunProgress progress)
{
    public async Task RunAsync()
    {
        string server = $"wsaot {options.Transport}";
        (string Scenario, Workload Workload)[] chosen = Chosen(server);
        string? perf = options.Tool == "callgrind" ? null : Executable.Find("perf");
        string? valgrind = options.Tool == "perf" ? null : Executable.Find("valgrind");
        if (perf is null && valgrind is null)
        {
            throw new BenchException("What is to measure is not installed: install the Debian package linux-perf or valgrind.");
        }

        progress.Begin("preparing");
        if (options.IsBuilding)
        {
            await LoadProgram.BuildAsync();
            await SymbolBuild.PublishAsync();
        }

        // No warm-up: callgrind counts the instructions of all messages, so all of them must be in the divisor.
        LoadProgram countedLoad = new(options.LoadCore, 0, options.Seconds);
        progress.ExpectSteps(chosen.Length);
        foreach ((string scenario, Workload workload) in chosen)
        {
            progress.Begin($"{scenario}, {server}");
            await output.WriteLineAsync($"{scenario}, {server}\n");
            if (perf is not null)
            {
                await output.WriteLineAsync(
                    ProfileText.Of(await new PerfProfile(perf, options).RunAsync(options.Transport, workload), options.Top));
            }

            if (valgrind is not null)
            {
                await output.WriteLineAsync(await new CallgrindProfile(valgrind, countedLoad, options).RunAsync(workload));
            }
        }
    }

    /// <exception cref="FormatException">Nothing is selected.</exception>
    private (string Scenario, Workload Workload)[] Chosen(string server)
    {
        (string Scenario, Workload Workload)[] all =
        [
            .. from scenario in new Scenarios([]).All()
               from contender in scenario.Contenders
               where contender.Name == server && contender.Workload.Connections > 0
               select (scenario.Name, contender.Workload),
        ];
        (string Scenario, Workload Workload)[] chosen = [.. all.Where(one => options.Only.Takes(one.Scenario, server))];
        return chosen.Length > 0 ? chosen : throw options.Only.Nothing(all.Select(one => $"{one.Scenario} / {server}"));
    }
}
