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

    /// <summary>
    /// Counts the instructions from the start of the process until it listens. Its stdout is full, so it ends by itself when it would
    /// announce its address: such runs differ by 0.2 percent, and those that a signal ends by 3.
    /// </summary>
    public static async Task<long> CountStartAsync(PublishedApp app)
    {
        string folder = PublishedApp.NewWorkingFolder();
        CommandResult result = await Harness.Command.RunAsync(
            "/bin/sh",
            ["-c", "exec \"$0\" \"$@\" >/dev/full", Tools.Valgrind, .. Arguments(app, folder)],
            folder,
            WithoutTheTests(s_environment));
        Assert.True(result.ExitCode == 1, $"Exit code {result.ExitCode}:\n{result.All}");
        Assert.Contains("Listening on ws://", result.Error, StringComparison.Ordinal);
        return Collected(result.Error);
    }

    /// <summary>Starts the file with one loop, has it serve, and stops it.</summary>
    /// <returns>How many instructions that took, from the start to the end.</returns>
    public static async Task<long> CountAsync(PublishedApp app, Action<int> serve)
    {
        string folder = PublishedApp.NewWorkingFolder();
        await using ServerProcess server = await ServerProcess.StartAsync(
            Tools.Valgrind, [.. Arguments(app, folder), "--compression", "shared"], folder, s_environment);
        serve(server.Port);
        await server.StopAsync();
        return Collected(server.Error.ToString());
    }

    /// <summary>Starts the file with one loop, has it serve, and stops it.</summary>
    /// <returns>How often it called the kernel, by the name of the call, such as <c>accept4</c>.</returns>
    public static async Task<Dictionary<string, int>> CountCallsAsync(PublishedApp app, Action<int> serve)
    {
        string folder = PublishedApp.NewWorkingFolder();
        await using ServerProcess server = await ServerProcess.StartAsync(
            Tools.Valgrind, ["--tool=none", "--trace-syscalls=yes", .. Command(app)], folder, s_environment);
        serve(server.Port);
        await server.StopAsync();
        return CallLine().Matches(server.Error.ToString()).CountBy(match => match.Groups["name"].Value).ToDictionary();
    }

    private static string[] Arguments(PublishedApp app, string folder) =>
        ["--tool=callgrind", $"--callgrind-out-file={Path.Combine(folder, "callgrind.out")}", .. Command(app)];

    private static string[] Command(PublishedApp app) => [app.File, "--urls", "ws://127.0.0.1:0", "--loops", "1"];

    // The server reads every variable there is, and each takes instructions.
    private static Dictionary<string, string?> WithoutTheTests(Dictionary<string, string?> environment)
    {
        Dictionary<string, string?> only = new(environment);
        foreach (string name in Environment.GetEnvironmentVariables().Keys) only.TryAdd(name, null);
        return only;
    }

    private static long Collected(string error)
    {
        Match match = CollectedLine().Match(error);
        Assert.True(match.Success, $"callgrind did not say what it counted:\n{error}");
        return long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Collected : (?<count>\d+)")]
    private static partial Regex CollectedLine();

    [GeneratedRegex(@"^SYSCALL\[[0-9,]+\]\([0-9]+\) sys_(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex CallLine();
}
