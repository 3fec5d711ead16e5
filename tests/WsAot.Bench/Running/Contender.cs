using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>A server and what it is given to do, under a name that is unique in its scenario.</summary>
internal sealed record Contender(string Name, BenchServer Server, Workload Workload)
{
    public Contender(BenchServer server, Workload workload)
        : this(server.Name, server, workload)
    {
    }
}
