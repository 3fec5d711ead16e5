using WsAot.Bench.Servers;

namespace WsAot.Bench.Reporting.Charts;

/// <summary>What a server reached.</summary>
internal sealed record Mark(string Server, Spread Spread)
{
    /// <summary>Whether it is the lower bound that the others are compared with.</summary>
    public bool IsLimit => IsOf(LimitServer.ServerName) || IsOf(TlsLimitServer.ServerName);

    public bool IsOurs => IsOf("wsaot");

    // A contender may do something else under the same name: "TLS limit, resumed".
    private bool IsOf(string name) => Server == name || Server.StartsWith(name + " ", StringComparison.Ordinal)
        || Server.StartsWith(name + ",", StringComparison.Ordinal);
}
