namespace WsAot.Bench.Running;

/// <summary>What is compared, round by round.</summary>
/// <param name="Note">What a reader must know to judge the figures.</param>
internal sealed record Scenario(string Name, Metric Metric, string Note, params IReadOnlyList<Contender> Contenders)
{
    /// <summary>The one that the others are divided by; it stays, whoever is left out.</summary>
    public string Baseline { get; } = Contenders[0].Name;

    /// <summary>Whether all get the same rate: half of what the slowest of them reaches without one.</summary>
    public bool IsHalfLoad { get; init; }
}
