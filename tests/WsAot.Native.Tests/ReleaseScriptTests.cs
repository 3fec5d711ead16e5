using System.Runtime.Versioning;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>
/// What release.ps1 stops at. Programs that only say what they are told stand before the real `git` and `dotnet` on the PATH: a whole
/// release takes minutes.
/// </summary>
[Collection(PublishedFile.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class ReleaseScriptTests
{
    private readonly string _folder = Repository.EmptyFolder("release-script");

    [RequiresFact(Tool.PowerShell)]
    public async Task Files_that_are_not_committed_stop_it_before_anything_is_built()
    {
        Stand("git", "echo '?? forgotten.cs'");
        Stand("dotnet", "exit 1");
        CommandResult result = await RunAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("some files are not committed", result.Error, StringComparison.Ordinal);
        Assert.Contains("say -AllowDirty.\n?? forgotten.cs\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(Told);
    }

    [RequiresTheory(Tool.PowerShell)]
    [InlineData("msbuild", "the version", 1)]
    [InlineData("pack", "pack 1.2.3", 2)]
    [InlineData("publish", "publish for linux-x64", 3)]
    public async Task A_step_that_fails_ends_it_and_is_named(string command, string step, int commands)
    {
        Stand("git", "echo '?? forgotten.cs'");
        Stand("dotnet", $"case $1 in {command}) exit 7 ;; msbuild) echo 1.2.3 ;; esac");
        CommandResult result = await RunAsync("-AllowDirty");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"Release stopped: '{step}' ended with 7.\n", result.Error);
        Assert.Equal(commands, Told.Length);
        Assert.False(File.Exists(Path.Combine(_folder, "out", "SHA256SUMS")));
    }

    [RequiresFact(Tool.PowerShell)]
    public async Task A_folder_that_has_files_is_refused()
    {
        Stand("git", "");
        Stand("dotnet", "echo 1.2.3");
        Directory.CreateDirectory(Path.Combine(_folder, "out"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "out", "wsaot-1.2.2.tar.gz"), "");
        CommandResult result = await RunAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"Release stopped: {_folder}/out is not empty.\n", result.Error);
    }

    /// <summary>What `dotnet` was told, a line for each time.</summary>
    private string[] Told => File.Exists(Path.Combine(_folder, "told")) ? File.ReadAllLines(Path.Combine(_folder, "told")) : [];

    private void Stand(string name, string script)
    {
        string file = Path.Combine(_folder, name);
        string note = name == "dotnet" ? $"echo \"$@\" >>'{_folder}/told'\n" : "";
        File.WriteAllText(file, $"#!/bin/sh\n{note}{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<CommandResult> RunAsync(params string[] arguments)
    {
        string path = _folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        return PublishScript.RunAsync("release.ps1", new() { ["PATH"] = path }, ["-Output", Path.Combine(_folder, "out"), .. arguments]);
    }
}
