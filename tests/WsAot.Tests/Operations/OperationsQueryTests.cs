using System.Text.Json;
using System.Text.RegularExpressions;
using WsAot.Connections;
using WsAot.Metrics;

namespace WsAot.Tests.Operations;

/// <summary>
/// The queries of docs/how-to/operations.md, of the alerts and of the dashboard ask for metrics and labels that there are: a query for
/// another one is no error, it is silent for ever. That they can be parsed is asked of promtool, in WsAot.Native.Tests.
/// </summary>
public sealed partial class OperationsQueryTests
{
    private static readonly string[] s_given = ["job", "instance"];

    [Fact]
    public void Every_metric_that_is_asked_for_exists()
    {
        string[] names = [.. OperationsFiles.Queries.SelectMany(static text => Name().Matches(text)).Select(static match => match.Value)];
        Assert.True(names.Length > 100, $"{names.Length} names");
        string[] unknown = [.. names.Where(static name => Find(name) is null).Distinct()];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_metric_that_the_pages_speak_of_exists()
    {
        IEnumerable<string> names = Name().Matches(OperationsFiles.Page + OperationsFiles.Reference)
            .Select(static match => match.Value).Distinct();
        string[] unknown = [.. names.Where(static name => Find(name) is null && !OperationsFiles.Families.ContainsKey(name))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_label_that_is_asked_for_is_one_of_the_metric()
    {
        string[] texts = [.. OperationsFiles.Queries, OperationsFiles.Page, OperationsFiles.Reference];
        foreach (Match selector in texts.SelectMany(static text => Selector().Matches(text)))
        {
            MetricFamily family = Find(selector.Groups[1].Value)!;
            string[] labels = [.. family.Labels, .. s_given, .. family.Kind == MetricKind.Histogram ? ["le"] : (string[])[]];
            foreach (Match matcher in Matcher().Matches(selector.Groups[2].Value))
            {
                Assert.True(labels.Contains(matcher.Groups[1].Value), selector.Value);
                if (matcher.Groups[1].Value == "cause") Assert.True(IsCause(matcher.Groups[2].Value), selector.Value);
            }
        }
    }

    [Fact]
    public void Every_label_that_is_grouped_by_exists()
    {
        HashSet<string> labels =
        [
            .. OperationsFiles.Families.Values.SelectMany(static family => family.Labels), .. s_given, "le",
        ];
        Match[] groups = [.. OperationsFiles.Queries.SelectMany(static text => Grouping().Matches(text))];
        Assert.NotEmpty(groups);
        Assert.All(groups, group => Assert.All(group.Groups[1].Value.Split(", "), label => Assert.Contains(label, labels)));
    }

    [Fact]
    public void The_dashboard_shows_every_metric_of_the_source_that_is_chosen_and_nothing_from_elsewhere()
    {
        string[] strings = [.. OperationsFiles.StringsOf(OperationsFiles.Dashboard)];
        IEnumerable<string> shown = strings.SelectMany(static text => Name().Matches(text)).Select(static match => Find(match.Value)!.Name);
        Assert.Empty(OperationsFiles.Families.Values.Select(static family => family.Name).Except(shown));
        Assert.DoesNotContain(strings, static text => text.Contains("://", StringComparison.Ordinal));

        JsonElement[] panels = [.. OperationsFiles.Dashboard.GetProperty("panels").EnumerateArray()];
        Assert.Equal(panels.Length, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        foreach (JsonElement panel in panels.Where(static panel => panel.GetProperty("type").GetString() != "row"))
        {
            Assert.All(panel.GetProperty("targets").EnumerateArray(), ExpectChosenSource);
            ExpectChosenSource(panel);
            Assert.NotEqual("", panel.GetProperty("description").GetString());
        }
    }

    [Theory]
    [InlineData("wsaot_ready", true)]
    [InlineData("wsaot_handler_seconds_bucket", true)]
    [InlineData("wsaot_handler_seconds", false)]
    [InlineData("wsaot_ready_count", false)]
    [InlineData("wsaot_messages_received", false)]
    public void A_name_is_known_as_samples_have_it(string name, bool isKnown) => Assert.Equal(isKnown, Find(name) is not null);

    /// <summary>The metric of a sample. A histogram has no sample of its own name.</summary>
    private static MetricFamily? Find(string sample)
    {
        foreach (MetricFamily family in OperationsFiles.Families.Values)
        {
            string[] names = family.Kind == MetricKind.Histogram
                ? [family.Name + "_bucket", family.Name + "_sum", family.Name + "_count"]
                : [family.SampleName];
            if (names.Contains(sample)) return family;
        }

        return null;
    }

    private static bool IsCause(string name) =>
        Enum.GetValues<EndCause>().Any(cause => EndCauses.NameOf(cause) == name);

    private static void ExpectChosenSource(JsonElement json) =>
        Assert.Equal("${datasource}", json.GetProperty("datasource").GetProperty("uid").GetString());

    [GeneratedRegex(@"\b(wsaot|process)_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b((?:wsaot|process)_[a-z_]+)\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(\w+)(?:=~|!~|!=|=)""([^""]*)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b(?:by|without|ignoring|on) \(([^)]*)\)")]
    private static partial Regex Grouping();
}
