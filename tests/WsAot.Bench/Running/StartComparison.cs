using WsAot.Bench.Servers;
using WsAot.TestKit.Reporting;

namespace WsAot.Bench.Running;

/// <summary>Starts servers again and again, one after the other.</summary>
internal sealed class StartComparison(BenchOptions options, RunProgress? progress = null)
{
    public const string Name = "start";

    // A start takes milliseconds, so there can be more of them than of other rounds.
    private const int StartsPerRound = 4;
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(200);
    // With the start itself, and the end.
    private static readonly TimeSpan s_turn = s_settling * 1.5;

    /// <summary>About how many seconds it takes.</summary>
    public static double SecondsOf(IReadOnlyList<BenchServer> servers, BenchOptions options) =>
        options.Rounds * StartsPerRound * servers.Count * s_turn.TotalSeconds;

    public async Task<IReadOnlyList<StartResult>> RunAsync(IReadOnlyList<BenchServer> servers)
    {
        List<(BenchServer Server, double Milliseconds, double ResidentBytes)> starts = [];
        Dictionary<BenchServer, string> faults = [];
        int count = options.Rounds * StartsPerRound;
        for (int i = 0; i < count; i++)
        {
            progress?.Begin($"{Name} {i + 1} of {count}", servers.Count * s_turn.TotalSeconds);
            foreach (BenchServer server in servers.Where(server => !faults.ContainsKey(server)))
            {
                try
                {
                    starts.Add(await StartAsync(server));
                }
                catch (BenchException exception)
                {
                    faults.Add(server, exception.Message);
                }
            }
        }

        return
        [
            .. servers.Select(server => Result(
                server, [.. starts.Where(start => start.Server == server)], faults.GetValueOrDefault(server))),
        ];

        static StartResult Result(
            BenchServer server, (BenchServer Server, double Milliseconds, double ResidentBytes)[] starts, string? fault)
        {
            double[] milliseconds = [.. starts.Select(static start => start.Milliseconds)];
            double[] bytes = [.. starts.Select(static start => start.ResidentBytes)];
            return new StartResult(
                server.Name, Statistics.Median(milliseconds), Statistics.Median(bytes), FileBytes(server), starts.Length, fault)
            {
                AllMilliseconds = milliseconds,
                AllResidentBytes = bytes,
            };
        }
    }

    private async Task<(BenchServer Server, double Milliseconds, double ResidentBytes)> StartAsync(BenchServer server)
    {
        int port = LoopbackPort.Free();
        using BenchedServer process = await BenchedServer.StartAsync(server.Launch(new Workload(), port), port, [options.ServerCore]);
        await Task.Delay(s_settling);
        return (server, process.StartTime.TotalMilliseconds, process.ResidentBytes);
    }

    private static long? FileBytes(BenchServer server) =>
        server.Published is { } file && File.Exists(file) ? new FileInfo(file).Length : null;
}
