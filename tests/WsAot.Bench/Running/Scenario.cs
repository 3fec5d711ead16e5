namespace WsAot.Bench.Running;

/// <summary>What is compared, round by round.</summary>
/// <param name="Note">What a reader must know to judge the figures.</param>
/// <param name="Contenders">The first is the one that the others are divided by.</param>
internal sealed record Scenario(string Name, Metric Metric, string Note, params IReadOnlyList<Contender> Contenders)
{
    /// <summary>The one whose throughput is taken first; all get half of it as their rate. Null: as many messages as come back.</summary>
    public Contender? HalfLoadOf { get; init; }
}
