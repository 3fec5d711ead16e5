namespace WsAot.Bench.Running;

/// <summary>What became of a scenario.</summary>
internal sealed record ScenarioResult(Scenario Scenario, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>The one that the others are divided by, if it ran.</summary>
    public Outcome? Baseline => Find(Scenario.Contenders[0].Name);

    public Outcome? Find(string contender) => Outcomes.FirstOrDefault(outcome => outcome.Contender == contender && outcome.Rounds.Count > 0);

    /// <summary>NaN if either did not run.</summary>
    public double Ratio(string contender, string to) =>
        Find(contender) is { } mine && Find(to) is { } theirs ? mine.RatioTo(theirs, Scenario.Metric) : double.NaN;
}
