using System.Globalization;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Servers;

/// <summary>Limit/limit.c: what the kernel alone costs.</summary>
internal sealed class LimitServer() : BenchServer("limit")
{
    private static readonly string s_file = Artifacts.PathOf("limit", "limit");

    public override Launch Launch(Workload workload, int port)
    {
        (Opcode opcode, byte[] payload) = Payload.Of(workload.Kind, workload.Bytes);
        byte[] answer = Frames.FromServer(opcode, Payload.AnswerTo(workload.Kind, payload));
        string answerFile = Artifacts.PathOf("limit", $"{workload.Kind}-{workload.Bytes}.bin");
        File.WriteAllBytes(answerFile, answer);
        string[] arguments = [Text(port), Text(Frames.FromClient(opcode, payload).Length), answerFile, Text(workload.Depth)];
        return new Launch(s_file, workload.IsFanOut ? [.. arguments, "all"] : arguments);
    }

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        Version = "recv and send, by epoll, in C";
        if (!isBuilding) return null;
        if (Executable.Find("gcc", "cc") is not { } compiler) return "install the Debian package gcc";
        string source = Path.Combine(Artifacts.Sources, "Limit", "limit.c");
        await Command.RunAsync(compiler, ["-O2", "-Wall", "-Wextra", "-Werror", "-o", s_file, source]);
        return null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
