using System.Globalization;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Profiling;

/// <summary>
/// Counts our instructions for a message with callgrind, which a busy machine does not disturb. It does not see the kernel, makes the
/// server about twenty times slower, and has no AVX-512.
/// </summary>
internal sealed class CallgrindProfile(string valgrind, LoadProgram load, ProfileOptions options)
{
    public async Task<string> RunAsync(Workload workload)
    {
        string data = Artifacts.PathOf("profile", "callgrind.out");
        int port = LoopbackPort.Free();
        Launch plain = WsAotServer.LaunchOf(SymbolBuild.File, options.Transport, workload, port);
        // Do not count what happens before the load starts. The limit, in hexadecimal, keeps the garbage collector from reserving more
        // address space than valgrind has.
        Launch launch = new("/usr/bin/env",
        [
            "DOTNET_GCHeapHardLimit=10000000", valgrind, "--tool=callgrind", "--instr-atstart=no", $"--callgrind-out-file={data}",
            plain.File, .. plain.Arguments,
        ]);
        using BenchedServer server = await BenchedServer.StartAsync(launch, port, [options.ServerCore]);
        string id = server.Id.ToString(CultureInfo.InvariantCulture);
        await Command.RunAsync("callgrind_control", ["-i", "on", id]);
        LoadReport report = await server.DuringAsync(load.RunAsync(workload, port, server.Id));
        await Command.RunAsync("callgrind_control", ["-i", "off", id]);
        await server.StopAsync();
        string text = await Command.RunAsync("callgrind_annotate", [data]);
        (IReadOnlyList<ProfileRow> rows, long instructions) = CallgrindReport.Parse(text, SymbolBuild.File);
        double each = (double)instructions / report.Messages;
        return $"callgrind: {Figure.Short(each)} instructions a message outside the kernel, over {report.Messages} messages, "
            + "handshakes included\n" +
            ProfileText.Top(rows, options.Top, each);
    }
}
