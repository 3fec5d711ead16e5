using System.Globalization;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>Limit/limit.c: what the kernel alone costs.</summary>
internal sealed class LimitServer() : BenchServer("limit")
{
    private static readonly string s_file = Artifacts.PathOf("limit", "limit");

    public override Launch Launch(Workload workload, int port, string answerFile)
    {
        // A request has the header of its answer and a masking key.
        long requestBytes = new FileInfo(answerFile).Length + 4;
        string[] arguments = [Text(port), Text(requestBytes), answerFile, Text(workload.Depth)];
        return new Launch(s_file, workload.IsFanOut ? [.. arguments, "all"] : arguments);
    }

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        if (!isBuilding) return null;
        if (Tools.Find("gcc", "cc") is not { } compiler) return "install the Debian package gcc";
        await Command.RunAsync(compiler, ["-O2", "-Wall", "-Wextra", "-Werror", "-o", s_file, Path.Combine(Artifacts.Sources, "Limit", "limit.c")]);
        return null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
