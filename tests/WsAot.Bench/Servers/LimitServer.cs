using System.Globalization;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Servers;

/// <summary>Limit/limit.c: what the kernel alone costs.</summary>
internal sealed class LimitServer() : BenchServer(ServerName)
{
    public const string ServerName = "limit";

    private static readonly string s_file = Artifacts.PathOf("limit", "limit");

    public override Launch Launch(Workload workload, int port) =>
        new(s_file, workload.IsFanOut ? [.. ArgumentsOf(workload, port), "all"] : ArgumentsOf(workload, port));

    /// <summary>The arguments of both limits. Writes the file with the answer.</summary>
    internal static string[] ArgumentsOf(Workload workload, int port)
    {
        (Opcode opcode, byte[] payload) = Payload.Of(workload.Kind, workload.Bytes);
        byte[] answer = Frames.FromServer(opcode, Payload.AnswerTo(workload.Kind, payload));
        string answerFile = Artifacts.PathOf("limit", $"{workload.Kind}-{workload.Bytes}.bin");
        File.WriteAllBytes(answerFile, answer);
        return [Text(port), Text(Frames.FromClient(opcode, payload).Length), answerFile, Text(workload.Depth)];
    }

    /// <returns>What is missing on this machine; null if nothing is.</returns>
    internal static async Task<string?> CompileAsync(string source, string file, params string[] libraries)
    {
        if (Executable.Find("gcc", "cc") is not { } compiler) return "install the Debian package gcc";
        string path = Path.Combine(Artifacts.Sources, "Limit", source);
        await Command.RunAsync(compiler, ["-O2", "-Wall", "-Wextra", "-Werror", "-o", file, path, .. libraries]);
        return null;
    }

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        Version = "recv and send, by epoll, in C";
        return isBuilding ? await CompileAsync("limit.c", s_file) : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
