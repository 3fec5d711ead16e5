using System.Globalization;

namespace WsAot.Bench.Servers;

/// <summary>A server that was built elsewhere; it must echo at /echo.</summary>
internal sealed class PeerServer(string name, string command) : BenchServer(name)
{
    // The shell is replaced by the server, so that its process is the one that is measured.
    public override Launch Launch(Workload workload, int port) => new(
        "/bin/sh",
        ["-c", "exec " + command.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)],
        Announces: false);

    protected override Task<string?> BuildAsync(bool isBuilding)
    {
        Version = command;
        return Task.FromResult<string?>(null);
    }
}
