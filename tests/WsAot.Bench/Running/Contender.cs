using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>A server and its workload, with a name that is unique in the scenario.</summary>
internal sealed record Contender(string Name, BenchServer Server, Workload Workload)
{
    public Contender(BenchServer server, Workload workload)
        : this(server.Name, server, workload)
    {
    }
}
