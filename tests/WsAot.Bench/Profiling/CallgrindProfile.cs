using System.Globalization;
using WsAot.Bench.Building;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Profiling;

/// <summary>
/// Which instructions of ours a message takes: callgrind counts them, so a busy machine does not disturb it. It sees no kernel, makes the
/// server some twenty times slower, and has no AVX-512.
/// </summary>
internal sealed class CallgrindProfile(string valgrind, LoadProgram load, ProfileOptions options)
{
    public async Task<string> RunAsync(Workload workload)
    {
        string data = Artifacts.PathOf("profile", "callgrind.out");
        int port = LoopbackPort.Free();
        Launch plain = WsAotServer.LaunchOf(SymbolBuild.File, options.Transport, workload, port);
        // What happens before the load comes is not counted. The limit, in hexadecimal, keeps the collector from reserving more address
        // space than valgrind has.
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
