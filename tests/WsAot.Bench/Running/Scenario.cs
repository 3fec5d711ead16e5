namespace WsAot.Bench.Running;

/// <summary>A comparison of contenders, round by round.</summary>
/// <param name="Note">What a reader needs to know to understand the figures.</param>
internal sealed record Scenario(string Name, Metric Metric, string Note, params IReadOnlyList<Contender> Contenders)
{
    /// <summary>The name of the contender that the others are divided by, even if contenders are left out.</summary>
    public string Baseline { get; } = Contenders[0].Name;

    /// <summary>Whether messages come back as they were: what that costs beside the limit can be drawn for all sizes together.</summary>
    public bool IsEcho { get; init; }

    /// <summary>Whether all get the same rate: half of what the slowest of them reaches without one.</summary>
    public bool IsHalfLoad { get; init; }
}
