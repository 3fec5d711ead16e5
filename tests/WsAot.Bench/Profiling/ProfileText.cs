using WsAot.Bench.Reporting;

namespace WsAot.Bench.Profiling;

internal static class ProfileText
{
    public static string Name(CodeOwner owner) => owner switch
    {
        CodeOwner.Kernel => "kernel",
        CodeOwner.File => "wsaot",
        _ => "libraries",
    };

    public static string Of(PerfSample sample, int top)
    {
        TextTable table = new("whose", "% of time", "us a message");
        foreach (CodeOwner owner in Enum.GetValues<CodeOwner>())
        {
            table.Add(Name(owner), Figure.Percent(sample.Share(owner)), Figure.Short(sample.Share(owner) * sample.CpuMicroseconds));
        }

        string ours = Top(sample.Rows.Where(row => row.Owner != CodeOwner.Kernel), top);
        string kernel = Top(sample.Rows.Where(row => row.Owner == CodeOwner.Kernel), top);
        return $"perf: {Figure.Short(sample.CpuMicroseconds)} us of CPU a "
            + $"message{(sample.IsEnough ? "" : $"; {sample.Count} samples are too few for what follows")}\n{table}\n{ours}\n{kernel}";
    }

    /// <summary>A line for each scenario: the kernel's share of the time, and the largest part of the rest.</summary>
    public static string Of(IReadOnlyList<(string Scenario, PerfSample Sample)> samples)
    {
        TextTable table = new("% of the server's CPU time", "kernel", "wsaot", "libraries", "largest of wsaot", "");
        foreach ((string scenario, PerfSample sample) in samples)
        {
            if (!sample.IsEnough)
            {
                table.Add(scenario, "-", "-", "-", $"too few samples: {sample.Count}", "");
                continue;
            }

            table.Add(
                scenario,
                Figure.Percent(sample.Share(CodeOwner.Kernel)),
                Figure.Percent(sample.Share(CodeOwner.File)),
                Figure.Percent(sample.Share(CodeOwner.Library)),
                sample.LargestOfOurs?.Symbol ?? "-",
                Figure.Percent(sample.LargestOfOurs?.Share ?? double.NaN));
        }

        return $"what it is made of (perf)\n{table}";
    }

    /// <param name="whole">The whole that the shares are parts of; 100 for percent.</param>
    public static string Top(IEnumerable<ProfileRow> rows, int count, double whole = 100)
    {
        TextTable table = new("function", "whose", whole == 100 ? "% of time" : "instructions");
        foreach (ProfileRow row in rows.OrderByDescending(row => row.Share).Take(count))
        {
            table.Add(row.Symbol, Name(row.Owner), Figure.Short(row.Share * whole));
        }

        return table.ToString();
    }
}
