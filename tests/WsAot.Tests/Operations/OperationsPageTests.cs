using System.Text.RegularExpressions;
using WsAot.CommandLine;
using WsAot.Connections;
using WsAot.Metrics;

namespace WsAot.Tests.Operations;

/// <summary>What docs/how-to/operations.md and docs/reference/metrics.md say of metrics, options and alerts is what there is.</summary>
public sealed partial class OperationsPageTests
{
    [Fact]
    public void The_table_has_every_metric_with_its_type_its_labels_its_unit_and_a_meaning()
    {
        Assert.Equal(
            OperationsFiles.Families.Values.Select(RowOf).Order(StringComparer.Ordinal),
            OperationsFiles.Table.Select(static cells => string.Join('|', cells[..4])).Order(StringComparer.Ordinal));
        Assert.All(OperationsFiles.Table, static cells => Assert.True(cells.Length == 5 && cells[4].Length > 20, cells[0]));
    }

    [Fact]
    public void Every_label_has_its_values()
    {
        IEnumerable<string> labels = OperationsFiles.Families.Values.SelectMany(static family => family.Labels).Distinct();
        // Those of the build say themselves what they are; the others have sections of their own.
        string[] elsewhere = ["version", "transport", "cause", "by", "status", "reason"];
        Assert.All(labels.Except(elsewhere), static label =>
            Assert.Matches($"(?m)^\\| `{label}`( of [a-z ]+)? \\| .{{5,}}", OperationsFiles.Reference));
    }

    [Fact]
    public void Every_cause_of_an_end_has_a_row_with_who_begins_it()
    {
        foreach (EndCause cause in Enum.GetValues<EndCause>())
        {
            Assert.InRange((int)cause, 0, EndCounts.MaxCauses - 1);
            if (cause == EndCause.None) continue;
            string row = $"\n| `{EndCauses.NameOf(cause)}` | `{EndCauses.BeginnerOf(cause)}` | ";
            Assert.Contains(row, OperationsFiles.Reference, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_option_that_they_name_exists()
    {
        // curl has options of its own.
        string[] lines = (OperationsFiles.Page + OperationsFiles.Reference).Split('\n');
        string page = string.Join('\n', lines.Where(static line => !line.StartsWith("curl ", StringComparison.Ordinal)));
        string[] names = [.. Option().Matches(page).Select(static match => match.Groups[1].Value).Distinct()];
        Assert.True(names.Length > 15, $"{names.Length} options");
        // Besides those with a value, there are questions.
        string help = OptionTable.Help("wsaot", new ConfigurationNames("wsaot"));
        string[] unknown = [.. names.Where(name => !help.Contains($"  --{name} ", StringComparison.Ordinal))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_alert_is_on_the_page_and_leads_to_a_section_of_it()
    {
        string[] alerts = [.. Alert().Matches(OperationsFiles.Alerts).Select(static match => match.Groups[1].Value)];
        string[] sections = [.. Runbook().Matches(OperationsFiles.Alerts).Select(static match => match.Groups[1].Value)];
        Assert.Equal(alerts.Length, sections.Length);
        Assert.All(alerts, static alert => Assert.Contains($"`{alert}`", OperationsFiles.Page, StringComparison.Ordinal));
        string[] links = [.. OwnLink().Matches(OperationsFiles.Page).Select(static match => match.Groups[1].Value)];
        string[] anchors = [.. Heading().Matches(OperationsFiles.Page).Select(static match => AnchorOf(match.Groups[1].Value))];
        Assert.Empty(sections.Concat(links).Except(anchors));
    }

    private static string RowOf(MetricFamily family)
    {
        string kind = family.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            _ => "histogram",
        };
        return $"`{family.SampleName}`|{kind}|{string.Join(", ", family.Labels.Select(static label => $"`{label}`"))}|{family.Unit}";
    }

    // As GitHub makes it.
    private static string AnchorOf(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');

    [GeneratedRegex("--([a-z][a-z-]*[a-z])")]
    private static partial Regex Option();

    [GeneratedRegex("- alert: (.+)")]
    private static partial Regex Alert();

    [GeneratedRegex("runbook: \"docs/how-to/operations.md#(.+)\"")]
    private static partial Regex Runbook();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex OwnLink();

    [GeneratedRegex("(?m)^##+ (.+)$")]
    private static partial Regex Heading();
}
