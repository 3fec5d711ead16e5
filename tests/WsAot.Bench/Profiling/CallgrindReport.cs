using System.Globalization;
using System.Text.RegularExpressions;

namespace WsAot.Bench.Profiling;

/// <summary>Parses the output of <c>callgrind_annotate</c>.</summary>
internal static partial class CallgrindReport
{
    /// <returns>The rows, and the total number of instructions.</returns>
    public static (IReadOnlyList<ProfileRow> Rows, long Instructions) Parse(string text, string file)
    {
        List<ProfileRow> rows = [];
        long total = 0;
        foreach (string line in text.Split('\n'))
        {
            if (Line().Match(line) is not { Success: true } match) continue;
            long count = long.Parse(match.Groups["count"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            string name = match.Groups["name"].Value;
            if (name == "PROGRAM TOTALS")
            {
                total = count;
                continue;
            }

            // `source:function [file]`: a function with a known source is not managed, so the file tells whose it is.
            Match symbol = Symbol().Match(name);
            if (!symbol.Success || total == 0) continue;
            string holder = symbol.Groups["file"].Value;
            CodeOwner owner = holder.Length == 0 || holder == "???" || holder == file ? CodeOwner.File : CodeOwner.Library;
            rows.Add(new ProfileRow((double)count / total, owner, symbol.Groups["symbol"].Value));
        }

        return (rows, total);
    }

    // `4,410,912 ( 8.31%)  ???:WsAot_Sessions_Session__Write [/path/wsaot]`
    [GeneratedRegex(@"^\s*(?<count>[\d,]+) \(\s*[\d.]+%\)\s+(?<name>.+?)\s*$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^.*?:(?<symbol>\S+)(?: \[(?<file>[^\]]*)\])?$")]
    private static partial Regex Symbol();
}
