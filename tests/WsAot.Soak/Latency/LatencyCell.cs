using System.Globalization;
using WsAot.Soak.Abusing;

namespace WsAot.Soak.Latency;

/// <summary>The latency of the honest clients beside a number of attackers of one kind.</summary>
/// <param name="Name">The name of the attack, and of the file if there are two.</param>
/// <param name="Attackers">How many.</param>
/// <param name="Echoes">Each figure is that of the client for which it is worst.</param>
/// <param name="SentMBPerSecond">What the attackers could send.</param>
/// <param name="AudienceMBPerSecond">What the audience read.</param>
/// <param name="ServerCpu">In percent of a core.</param>
/// <param name="OtherCpu">Processor time of other work on the machine, which makes the figures worse.</param>
/// <param name="Endings">How often the server ended an attacker, which then connected again.</param>
internal sealed record LatencyCell(
    string Name,
    int Attackers,
    EchoTimes Echoes,
    double SentMBPerSecond,
    double AudienceMBPerSecond,
    double ServerCpu,
    double OtherCpu,
    int Endings)
{
    /// <summary>For a cell of the table: ms.</summary>
    public string Figures => $"{Ms(Echoes.P50)} / {Ms(Echoes.P99)} / {Ms(Echoes.Max)}";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-34} {Attackers,3}  {Figures,-22} ms  echoes {Echoes.Count,5}  attackers {SentMBPerSecond,7:F1} MB/s  "
        + $"audience {AudienceMBPerSecond,7:F1} MB/s  endings {Endings,3}  server {ServerCpu,3:F0} %  others {OtherCpu,3:F0} %");

    private static string Ms(double ms) => ms.ToString(ms < 10 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
