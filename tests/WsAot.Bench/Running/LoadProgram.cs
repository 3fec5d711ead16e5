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

    /// <summary>A file with the frame that answers a message of the workload.</summary>
    public async Task<string> WriteAnswerAsync(Workload workload)
    {
        string file = Artifacts.PathOf("answers", $"{workload.Kind}-{workload.Bytes}.bin");
        using Process process = Start(["answer", "--bytes", workload.Bytes.ToString(CultureInfo.InvariantCulture), "--kind", workload.Kind]);
        using (FileStream answer = File.Create(file)) await process.StandardOutput.BaseStream.CopyToAsync(answer);
        await EndAsync(process);
        return file;
    }

    /// <exception cref="BenchException">The server did not do what it must.</exception>
    public async Task<LoadReport> RunAsync(Workload workload, int port, int serverId)
    {
        string[] arguments = ["run", "--port", Text(port), "--server-id", Text(serverId), "--warmup", Text(warmupSeconds), "--seconds", Text(seconds), .. workload.Arguments];
        using Process process = Start(arguments);
        string report = await process.StandardOutput.ReadToEndAsync();
        await EndAsync(process);
        return JsonSerializer.Deserialize<LoadReport>(report, JsonSerializerOptions.Web)!;
    }

    private Process Start(string[] arguments) =>
        CpuAffinity.Start(new ProcessStartInfo(s_file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }, core);

    private static async Task EndAsync(Process process)
    {
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new BenchException(error.Trim());
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
