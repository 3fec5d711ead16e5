using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using WsAot.Metrics;
using WsAot.TestKit;

namespace WsAot.Tests.Operations;

/// <summary>docs/how-to/operations.md and the files beside it, docs/reference/metrics.md, and the metrics that they are about.</summary>
internal static partial class OperationsFiles
{
    private const string BeginMark = "<!-- metrics -->\n";
    private const string EndMark = "<!-- /metrics -->";

    private static readonly string s_docs = Path.Combine(SourceTree.Root, "docs");

    /// <summary>The tasks: queries, alerts, the runbook.</summary>
    public static string Page { get; } = Read("how-to/operations.md");

    /// <summary>The reference: the tables of metrics, labels, causes and reasons.</summary>
    public static string Reference { get; } = Read("reference/metrics.md");

    public static string Alerts { get; } = Read("how-to/operations/alerts.yml");

    public static JsonElement Dashboard { get; } = JsonSerializer.Deserialize<JsonElement>(Read("how-to/operations/grafana.json"));

    /// <summary>All metrics, by the names that queries have.</summary>
    public static IReadOnlyDictionary<string, MetricFamily> Families { get; } =
        typeof(MetricFamilies).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => (MetricFamily)field.GetValue(null)!)
            .ToDictionary(static family => family.SampleName);

    /// <summary>The rows of the table of metrics, each with its cells.</summary>
    public static string[][] Table
    {
        get
        {
            int begin = Reference.IndexOf(BeginMark, StringComparison.Ordinal) + BeginMark.Length;
            string[] lines = Reference[begin..Reference.IndexOf(EndMark, StringComparison.Ordinal)].TrimEnd().Split('\n');
            return [.. lines.Skip(2).Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray())];
        }
    }

    /// <summary>The queries: blocks of the page, the whole file of alerts, and each string of the dashboard.</summary>
    public static string[] Queries =>
    [
        .. QueryBlock().Matches(Page).Select(static match => match.Groups[1].Value), Alerts, .. StringsOf(Dashboard),
    ];

    /// <summary>The strings in a piece of JSON.</summary>
    public static IEnumerable<string> StringsOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static property => StringsOf(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(StringsOf),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    private static string Read(string name) => File.ReadAllText(Path.Combine(s_docs, name)).ReplaceLineEndings("\n");

    [GeneratedRegex("```promql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex QueryBlock();
}
