using System.Text.Json;
using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Operations;

/// <summary>docs/how-to/operations.md and the files beside it, read by Prometheus' own tool.</summary>
public sealed partial class AlertTests
{
    private static readonly string s_alerts = Path.Combine(Repository.Root, "docs", "how-to", "operations", "alerts.yml");

    private static readonly string s_page = ReadDocument("operations.md");

    [RequiresFact(Tool.Promtool)]
    public async Task The_alerts_and_all_queries_of_the_page_and_of_the_dashboard_are_valid()
    {
        JsonElement dashboard = JsonSerializer.Deserialize<JsonElement>(ReadDocument("operations/grafana.json"));
        string[] queries = [.. QueriesOfPage(), .. QueriesOf(dashboard)];
        Assert.True(queries.Length > 50, $"{queries.Length} queries");
        string rules = Path.Combine(Repository.EmptyFolder("operations/queries"), "queries.yml");
        await File.WriteAllTextAsync(rules, "groups:\n- name: queries\n  rules:\n" + string.Concat(queries.Select(AsRule)));
        await ExpectAsync("check", "rules", s_alerts, rules);
    }

    [RequiresFact(Tool.Promtool)]
    public Task Alerts_are_raised_when_they_should_be() =>
        ExpectAsync("test", "rules", Path.Combine(Repository.Root, "tests", "WsAot.Native.Tests", "Operations", "alerts.test.yml"));

    [RequiresFact(Tool.Promtool)]
    public async Task The_configuration_of_Prometheus_on_the_page_is_valid()
    {
        string folder = Repository.EmptyFolder("operations/scraping");
        File.Copy(s_alerts, Path.Combine(folder, "alerts.yml"));
        string configuration = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, Configuration().Match(s_page).Groups[1].Value);
        // The token's file is not here.
        await ExpectAsync("check", "config", "--syntax-only", configuration);
    }

    private static async Task ExpectAsync(params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(Tools.Promtool, arguments);
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Contains("SUCCESS", result.All, StringComparison.Ordinal);
    }

    private static IEnumerable<string> QueriesOfPage() =>
        from Match block in QueryBlock().Matches(s_page)
        from query in block.Groups[1].Value.Split("\n\n")
        select string.Join(' ', query.Split('\n').Where(static line => !line.StartsWith('#')));

    private static IEnumerable<string> QueriesOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(QueriesOf),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static property =>
            property.Name == "expr" ? [property.Value.GetString()!] : QueriesOf(property.Value)),
        _ => [],
    };

    // Grafana replaces its variables before Prometheus sees the query. A string of JSON is one of YAML.
    private static string AsRule(string query, int number)
    {
        string text = query.Replace("$__rate_interval", "5m", StringComparison.Ordinal);
        return $"  - record: query:{number}\n    expr: {JsonSerializer.Serialize(text)}\n";
    }

    private static string ReadDocument(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "how-to", name)).ReplaceLineEndings("\n");

    [GeneratedRegex("```promql\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex QueryBlock();

    [GeneratedRegex("```yaml\n(rule_files:.*?)```", RegexOptions.Singleline)]
    private static partial Regex Configuration();
}
