using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Running;

public sealed class StartComparisonTests
{
    [Fact]
    public async Task A_server_that_does_not_start_is_a_fault_and_is_not_started_again()
    {
        BenchOptions options = new(["--rounds", "1"], static _ => true);
        IReadOnlyList<StartResult> results = await new StartComparison(options)
            .RunAsync([new PeerServer("dead", "false {port}"), new Absent()]);
        Assert.Equal([("dead", 0), ("absent", 0)], results.Select(result => (result.Server, result.Starts)));
        Assert.Contains("ended with 1", results[0].Fault, StringComparison.Ordinal);
        Assert.Contains(Absent.File, results[1].Fault, StringComparison.Ordinal);
    }

    private sealed class Absent() : BenchServer("absent")
    {
        public const string File = "/no/such/file";

        public override string Published => File;

        public override Launch Launch(Workload workload, int port) => new(File, []);

        protected override Task<string?> BuildAsync(bool isBuilding) => Task.FromResult<string?>(null);
    }
}
