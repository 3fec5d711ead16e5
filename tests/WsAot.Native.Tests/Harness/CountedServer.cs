using System.Globalization;
using System.Text.RegularExpressions;

namespace WsAot.Native.Tests.Harness;

/// <summary>The published file under callgrind, which counts the instructions of the whole process; it does not see the kernel's.</summary>
internal static partial class CountedServer
{
    private static readonly Dictionary<string, string?> s_environment = new()
    {
        // Hexadecimal: 256 MiB. The collector reserves more address space than valgrind has, unless it is told to do with less.
        ["DOTNET_GCHeapHardLimit"] = "10000000",
        // libc has a memcpy for each kind of processor. This leaves the one that all have.
        ["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX,-AVX2,-ERMS",
    };

    /// <summary>Starts the file with one loop, has it serve, and stops it.</summary>
    /// <returns>How many instructions that took, from the start to the end.</returns>
    public static async Task<long> CountAsync(PublishedApp app, Action<int> serve)
    {
        string folder = PublishedApp.NewWorkingFolder();
        await using ServerProcess server = await ServerProcess.StartAsync(
            Tools.Valgrind,
            [
                "--tool=callgrind", $"--callgrind-out-file={Path.Combine(folder, "callgrind.out")}",
                app.File, "--urls", "ws://127.0.0.1:0", "--loops", "1", "--compression", "shared",
            ],
            folder,
            s_environment);
        serve(server.Port);
        await server.StopAsync();
        Match match = Collected().Match(server.Error.ToString());
        Assert.True(match.Success, $"callgrind did not say what it counted:\n{server.Error}");
        return long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Collected : (?<count>\d+)")]
    private static partial Regex Collected();
}
