namespace WsAot.Bench.Running;

/// <summary>The result of a scenario.</summary>
internal sealed record ScenarioResult(Scenario Scenario, IReadOnlyList<Outcome> Outcomes)
{
    public Outcome? Find(string contender) =>
        Outcomes.FirstOrDefault(outcome => outcome.Contender.Name == contender && outcome.Rounds.Count > 0);

    /// <returns>NaN if either did not run.</returns>
    public double Ratio(string contender, string to) =>
        Find(contender) is { } mine && Find(to) is { } theirs ? mine.RatioTo(theirs, Scenario.Metric) : double.NaN;
}
