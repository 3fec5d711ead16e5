namespace WsAot.Soak.Abusing;

/// <summary>What one kind of abuse, or all together, did to the server and to the honest client.</summary>
/// <param name="Held">Connections that were open, and past the handshake if there is one, when the hold ended.</param>
/// <param name="After">The memory when the server had freed what it should, or when its time for that was over.</param>
/// <param name="Endings">How often the server ended a connection, which was then opened again.</param>
internal sealed record AbuseResult(
    string Name,
    int Connections,
    int Held,
    int Endings,
    long Before,
    long Peak,
    long After,
    long Allowed,
    EchoTimes Echoes)
{
    public const string Header =
        "kind                          held  endings  before    peak   after allowed MiB  KiB each  echoes     p50     p99     max ms";

    public override string ToString() =>
        $"{Name,-27} {Held,6} {Endings,8} {MiB(Before),7} {MiB(Peak),7} {MiB(After),7} {MiB(Allowed),7}      "
        + $"{Math.Max(0, Peak - Before) / 1024.0 / Connections,7:F1} "
        + $"{Echoes.Count,7} {Echoes.P50,7:F2} {Echoes.P99,7:F2} {Echoes.Max,7:F1}";

    private static string MiB(long bytes) => $"{bytes / (1024.0 * 1024):F1}";
}
