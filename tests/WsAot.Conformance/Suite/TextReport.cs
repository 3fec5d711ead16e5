using System.Globalization;

namespace WsAot.Conformance.Suite;

/// <summary>Writes results as a table, section by section, as they come.</summary>
internal sealed class TextReport(TextWriter output) : IReport
{
    private const int IdWidth = 48;

    private CaseGroup? _group;

    public void Add(CaseResult result)
    {
        if (_group != result.Group)
        {
            output.WriteLine($"{(_group is null ? "" : "\n")}{result.Group.Title}");
            _group = result.Group;
        }

        string mark = result.Outcome switch
        {
            CaseOutcome.Passed => "ok  ",
            CaseOutcome.Failed => "FAIL",
            _ => "skip",
        };
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {mark}  {result.Case.Id.PadRight(IdWidth)}  {result.Time.TotalMilliseconds,7:0} ms  {result.Case.Name}"));
        if (result.Problem is null) return;
        WriteDetail("why", result.Problem);
        if (result.Outcome != CaseOutcome.Failed) return;
        WriteDetail("section", result.Case.Section);
        WriteDetail("expected", result.Case.Expectation);
        if (result.Case.Choice is not null) WriteDetail("choice", result.Case.Choice);
        WriteDetail("traffic", result.Trace);
    }

    public void Finish(IReadOnlyList<CaseResult> results, TimeSpan time)
    {
        output.WriteLine();
        foreach (IGrouping<CaseGroup, CaseResult> group in results.GroupBy(static result => result.Group))
        {
            output.WriteLine(
                $"{Count(group, CaseOutcome.Passed),5} passed {Count(group, CaseOutcome.Failed),4} failed "
                + $"{Count(group, CaseOutcome.Skipped),4} skipped  {group.Key.Title}");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Count(results, CaseOutcome.Passed),5} passed {Count(results, CaseOutcome.Failed),4} failed "
            + $"{Count(results, CaseOutcome.Skipped),4} skipped  of {results.Count} cases in {time.TotalSeconds:0.0} s"));
    }

    private void WriteDetail(string name, string text) =>
        output.WriteLine($"          {name + ":",-10}{text.Replace("\n", "\n                    ", StringComparison.Ordinal)}");

    private static int Count(IEnumerable<CaseResult> results, CaseOutcome outcome) => results.Count(result => result.Outcome == outcome);
}
