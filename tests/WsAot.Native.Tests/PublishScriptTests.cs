using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>
/// publish.ps1, run by PowerShell. Where nothing is to be published, a `dotnet` that writes down its arguments stands before the real
/// one on the PATH: the other tests publish with the same arguments.
/// </summary>
[Collection(PublishedFile.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class PublishScriptTests(PublishedApp app)
{
    private const int ExitCodeOfTheRecorder = 7;

    // On a Linux that is arm64 itself, arm64 is not the other one.
    private static readonly string s_otherRuntime = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-x64" : "linux-arm64";

    [RequiresTheory(Tool.PowerShell)]
    [InlineData("", "dist", "")]
    [InlineData("-Output out", "out", "")]
    [InlineData("-Output ../a|folder/[of]|mine", "../a folder/[of] mine", "")]
    [InlineData("-Output /srv/out", "/srv/out", "")]
    [InlineData("-Runtime linux-arm64", "dist", "-r linux-arm64")]
    [InlineData("-Output out -Runtime linux-musl-x64", "out", "-r linux-musl-x64")]
    [InlineData("-Static", "dist", "-p:WsAotStatic=true")]
    [InlineData("-Container", "dist", "-p:WsAotStatic=true -t:WsAotOciArchive")]
    [InlineData("-Runtime linux-arm64 -Static -Container", "dist", "-r linux-arm64 -p:WsAotStatic=true -t:WsAotOciArchive")]
    public async Task It_runs_dotnet_publish_in_the_repository_for_a_folder_beside_the_caller_and_passes_its_exit_code_on(
        string arguments, string output, string more)
    {
        (CommandResult result, string[]? told) = await RecordAsync(Words(arguments));

        Assert.NotNull(told);
        Assert.Equal(Repository.Root, told[0]);
        Assert.Equal([.. PublishedApp.PublishArguments(Path.GetFullPath(output, PublishScript.Elsewhere)), .. Words(more)], told[1..]);
        Assert.Equal(ExitCodeOfTheRecorder, result.ExitCode);
        Assert.Equal("", result.Error);
    }

    [RequiresTheory(Tool.PowerShell)]
    [InlineData("-Runtime nonsense!", "'nonsense!' is not a runtime identifier such as linux-arm64")]
    [InlineData("-Runtime Linux-X64", "'Linux-X64' is not a runtime identifier such as linux-arm64")]
    [InlineData("-Runtime |", "' ' is not a runtime identifier such as linux-arm64")]
    [InlineData("-Output ''", "parameter 'Output'. The argument is null or empty")]
    [InlineData("-Framework net10.0", "parameter name 'Framework'")]
    [InlineData("out", "argument 'out'")]
    public async Task A_wrong_parameter_ends_it_with_1_and_a_line_that_names_it_before_anything_runs(string arguments, string message)
    {
        (CommandResult result, string[]? told) = await RecordAsync(Words(arguments));

        Assert.Null(told);
        Assert.True(result.ExitCode == 1, $"Exit code {result.ExitCode}:\n{result.All}");
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [RequiresFact(Tool.PowerShell | Tool.LinkerForArm64)]
    public async Task It_publishes_for_arm64()
    {
        string file = await app.FileForArm64Async();
        Assert.Equal("wsaot", Path.GetFileName(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!));
        byte[] header = (await File.ReadAllBytesAsync(file))[..20];
        Assert.Equal([0x7f, (byte)'E', (byte)'L', (byte)'F'], header[..4]);
        // e_machine is EM_AARCH64.
        Assert.Equal(183, BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18)));
    }

    [RequiresFact(Tool.PowerShell)]
    public async Task Without_a_compiler_for_the_other_architecture_it_fails_and_names_the_packages_to_install()
    {
        // A PATH with nothing but the SDK and the shell that it runs commands with.
        string path = Repository.EmptyFolder("publish-script/path");
        File.CreateSymbolicLink(Path.Combine(path, "dotnet"), RealDotNet());
        File.CreateSymbolicLink(Path.Combine(path, "sh"), "/bin/sh");
        Dictionary<string, string?> environment = new(PublishScript.Intermediates) { ["PATH"] = path };

        CommandResult result = await PublishScript.RunAsync(environment, "-Runtime", s_otherRuntime, "-Output", "../nowhere");

        Assert.True(result.ExitCode == 1, $"Exit code {result.ExitCode}:\n{result.All}");
        Assert.Contains($"Publishing for {s_otherRuntime} needs ", result.All, StringComparison.Ordinal);
        Assert.Contains(": install the Debian packages gcc-", result.All, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(PublishScript.Folder, "nowhere")));
    }

    /// <returns>What the recorder was told: its current folder, then its arguments; null if it was not run.</returns>
    private static async Task<(CommandResult Result, string[]? Told)> RecordAsync(string[] arguments)
    {
        string folder = Repository.EmptyFolder("publish-script/recorder");
        string recorder = Path.Combine(folder, "dotnet");
        string told = Path.Combine(folder, "told");
        await File.WriteAllTextAsync(recorder, $"#!/bin/sh\nprintf '%s\\n' \"$PWD\" \"$@\" >'{told}'\nexit {ExitCodeOfTheRecorder}\n");
        File.SetUnixFileMode(recorder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        string path = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        CommandResult result = await PublishScript.RunAsync(new() { ["PATH"] = path }, arguments);
        return (result, File.Exists(told) ? await File.ReadAllLinesAsync(told) : null);
    }

    // Beside the runtime that runs this test. A file of this name on the PATH may be a script that starts the real one.
    private static string RealDotNet() => Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory());

    /// <summary>The words of a command line, in which | stands for a space within a word, and '' for an empty one.</summary>
    private static string[] Words(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => word == "''" ? "" : word.Replace('|', ' '))];
}
