using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>Starts servers again and again, one after the other.</summary>
internal sealed class StartComparison(BenchOptions options)
{
    public const string Name = "start";

    // A start takes milliseconds, so there can be more of them than of other rounds.
    private const int StartsPerRound = 4;
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(200);

    public async Task<IReadOnlyList<StartResult>> RunAsync(IReadOnlyList<BenchServer> servers)
    {
        Workload workload = new();
        List<(BenchServer Server, double Milliseconds, double ResidentBytes)> starts = [];
        for (int i = 0; i < options.Rounds * StartsPerRound; i++)
        {
            foreach (BenchServer server in servers)
            {
                int port = ServerProcess.FreePort();
                using ServerProcess process = await ServerProcess.StartAsync(server.Launch(workload, port), port, [options.ServerCore]);
                await Task.Delay(s_settling);
                starts.Add((server, process.StartTime.TotalMilliseconds, process.ResidentBytes));
            }
        }

        return [.. starts.GroupBy(start => start.Server).Select(group => new StartResult(
            group.Key.Name,
            Statistics.Median(group.Select(start => start.Milliseconds)),
            Statistics.Median(group.Select(start => start.ResidentBytes)),
            FileBytes(group.Key)))];
    }

    private static long? FileBytes(BenchServer server) => server.Published is { } file ? new FileInfo(file).Length : null;
}
