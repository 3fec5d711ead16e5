using System.Globalization;
using System.Text.RegularExpressions;

namespace WsAot.TestKit.Text;

/// <summary>Reads the text format of OpenMetrics 1.0 as far as we write it, because promtool reads only the older format.</summary>
public static partial class OpenMetricsText
{
    private const string End = "# EOF\n";

    /// <summary>Returns the errors in a text; empty if there are none.</summary>
    public static IReadOnlyList<string> FindFaults(string text)
    {
        List<string> faults = [];
        if (!text.EndsWith('\n' + End, StringComparison.Ordinal)) faults.Add("It does not end with # EOF.");
        HashSet<string> families = [];
        HashSet<string> samples = [];
        (string Name, string Type) family = ("", "");
        (string Labels, double Count) bucket = ("", 0);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                (string word, string name, string rest) = (comment.Groups[1].Value, comment.Groups[2].Value, comment.Groups[3].Value);
                // All comments of a family come together, and each family comes once.
                if (word == "HELP" && !families.Add(name)) faults.Add($"The family comes twice: {line}");
                if (word == "HELP") family = (name, "");
                if (word == "TYPE") family = (name, rest);
                if (name != family.Name) faults.Add($"It stands among another family: {line}");
                if (word == "UNIT" && !name.EndsWith('_' + rest, StringComparison.Ordinal)) faults.Add($"The name lacks the unit: {line}");
                if (rest == "counter" && name.EndsWith("_total", StringComparison.Ordinal)) faults.Add($"It is a sample's name: {line}");
            }
            else if (Sample().Match(line) is { Success: true } sample)
            {
                (string name, string labels) = (sample.Groups[1].Value, sample.Groups[2].Value);
                double value = double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture);
                if (!SamplesOf(family).Contains(name)) faults.Add($"It is not a sample of the {family.Type} {family.Name}: {line}");
                if (!samples.Add(name + labels)) faults.Add($"The sample comes twice: {line}");
                if (family.Type != "gauge" && value < 0) faults.Add($"It is negative: {line}");
                if (family.Type != "histogram") continue;
                string own = Bound().Replace(labels, "");
                if (name.EndsWith("_bucket", StringComparison.Ordinal))
                {
                    if (own == bucket.Labels && value < bucket.Count) faults.Add($"The bucket before it has more: {line}");
                    bucket = (own, value);
                }
                else if (name.EndsWith("_count", StringComparison.Ordinal) && bucket != (own, value))
                {
                    faults.Add($"The last bucket has another count: {line}");
                }
            }
            else if (line + '\n' != End)
            {
                faults.Add($"It is not a line of the format: {line}");
            }
        }

        return faults;
    }

    private static string[] SamplesOf((string Name, string Type) family) => family.Type switch
    {
        "counter" => [family.Name + "_total"],
        "gauge" => [family.Name],
        "histogram" => [family.Name + "_bucket", family.Name + "_sum", family.Name + "_count"],
        _ => [],
    };

    [GeneratedRegex("^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)((?:\{(?:[a-z_]+="(?:[^"\\]|\\["\\n])*",?)+\})?) (-?[0-9.]+(?:[eE][-+]?[0-9]+)?)$""")]
    private static partial Regex Sample();

    [GeneratedRegex(""",?le="[^"]*"|[{}]""")]
    private static partial Regex Bound();
}
