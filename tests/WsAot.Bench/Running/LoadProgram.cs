using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>tests/WsAot.Bench.Load, in a process of its own and on a core of its own.</summary>
internal sealed class LoadProgram(int core, double warmupSeconds, double seconds)
{
    private static readonly string s_folder = Artifacts.PathOf("load");
    private static readonly string s_file = Path.Combine(s_folder, "WsAot.Bench.Load");

    public static Task BuildAsync() => Command.PublishAsync("tests/WsAot.Bench.Load", s_folder);

    /// <exception cref="BenchException">The server did not do what it should.</exception>
    public async Task<LoadReport> RunAsync(Workload workload, int port, int serverId)
    {
        string[] arguments =
        [
            "--port", Text(port), "--server-id", Text(serverId), "--warmup", Text(warmupSeconds), "--seconds", Text(seconds),
            .. workload.Arguments,
        ];
        ProcessStartInfo start = new(s_file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = CpuAffinity.Start(start, core);
        string report = await process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new BenchException(error.Trim());
        return JsonSerializer.Deserialize<LoadReport>(report, JsonSerializerOptions.Web)!;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
