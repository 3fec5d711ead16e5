using System.Globalization;
using System.Text.RegularExpressions;

namespace WsAot.Bench.Profiling;

/// <summary>Parses the output of <c>perf report --sort dso,symbol -F overhead,dso,symbol -t '|'</c>.</summary>
internal static partial class PerfReport
{
    /// <returns>The number of samples in the comment at the beginning, which is rounded to thousands; 0 if there is no comment.</returns>
    public static long Samples(string text) => SampleLine().Match(text) is { Success: true } match
        ? long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) * match.Groups["unit"].Value switch
        {
            "K" => 1000,
            "M" => 1_000_000,
            _ => 1,
        }
        : 0;

    // Lines such as `  12.34%|wsaot            |[.] WsAot_Program__Main`; in the kernel the mark is [k]. Comments begin with #, and some
    // versions add columns.
    public static IReadOnlyList<ProfileRow> Parse(string text, string fileName)
    {
        List<ProfileRow> rows = [];
        foreach (string line in text.Split('\n'))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length < 3 || !double.TryParse(cells[0].TrimEnd('%'), CultureInfo.InvariantCulture, out double percent)) continue;
            bool isKernel = cells[2].StartsWith("[k]", StringComparison.Ordinal);
            CodeOwner owner = isKernel ? CodeOwner.Kernel : cells[1] == fileName ? CodeOwner.File : CodeOwner.Library;
            rows.Add(new ProfileRow(percent / 100, owner, cells[2].Length > 4 ? cells[2][4..] : cells[2]));
        }

        return rows;
    }

    // `# Samples: 85  of event 'cpu-clock'`, `# Samples: 8K of event 'cpu-clock'`
    [GeneratedRegex(@"^# Samples: (?<count>\d+)(?<unit>[KM]?)\s+of event", RegexOptions.Multiline)]
    private static partial Regex SampleLine();
}
