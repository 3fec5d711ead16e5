using System.Runtime.Versioning;
using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>
/// What release.ps1 stops at, and what it says about its steps. Programs that only say what they are told stand before the real `git` and
/// `dotnet` on the PATH: a whole release takes minutes.
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

    [RequiresFact(Tool.PowerShell)]
    public async Task Its_steps_are_counted_and_the_next_run_says_about_how_long_the_rest_takes()
    {
        Stand("git", "");
        Stand("dotnet", Building);
        string[] first = await StepsAsync();
        Assert.All(first.Index(), step => Assert.Matches($"^== {step.Index + 1} of {first.Length} after [0-9]+ s: ", step.Item));
        Assert.EndsWith(": compare the sums", first[^1], StringComparison.Ordinal);

        string times = Path.Combine(_folder, "artifacts", "steps", "release.json");
        Assert.Equal(first.Length, JsonSerializer.Deserialize<double[]>(await File.ReadAllTextAsync(times))!.Length);
        await File.WriteAllTextAsync(times, $"[{string.Join(", ", Enumerable.Repeat("60", first.Length - 1))}, 40]");
        Directory.Delete(Path.Combine(_folder, "out"), recursive: true);
        string[] second = await StepsAsync();
        Assert.Equal(first.Length, second.Length);
        Assert.Matches($"^== 1 of {first.Length} after [0-9]+ s, about {first.Length} min left: pack ", second[0]);
        Assert.Matches($"^== {first.Length} of {first.Length} after [0-9]+ s, about 40 s left: compare the sums$", second[^1]);
    }

    [RequiresFact(Tool.PowerShell)]
    public async Task Each_processor_has_a_dynamic_file_a_static_one_and_an_image_and_only_v3_names_its_instructions()
    {
        Stand("git", "");
        Stand("dotnet", Building);
        await StepsAsync();
        string[] archives = ["linux-x64", "linux-x64-static", "linux-x64-v3", "linux-x64-v3-static", "linux-arm64", "linux-arm64-static"];
        Assert.All(archives, name => Assert.True(File.Exists(Path.Combine(_folder, "out", $"wsaot-{Version}-{name}.tar.gz"))));
        string[] published = [.. Told.Where(static line => line.StartsWith("publish ", StringComparison.Ordinal))];
        Assert.Equal(archives.Length, published.Length);
        Assert.All(published, static line => Assert.Equal(
            line.Contains("-v3", StringComparison.Ordinal), line.Contains("-p:IlcInstructionSet=x86-64-v3", StringComparison.Ordinal)));
        string[] images = [.. published.Where(static line => line.Contains("-t:WsAotOciArchive", StringComparison.Ordinal))];
        Assert.Equal(3, images.Length);
        Assert.All(images, static line => Assert.Contains("-p:WsAotStatic=true", line, StringComparison.Ordinal));
        Assert.Contains($"wsaot-{Version}-linux-x64-v3.oci.tar", images[1], StringComparison.Ordinal);
    }

    /// <summary>A `dotnet` that makes what the script then looks for.</summary>
    private static string Building =>
        $$"""
        case $* in
            *Version) echo {{Version}} ;;
            publish*) while [ $1 != -o ]; do shift; done; mkdir -p "$2"; echo >"$2/wsaot" ;;
            *CycloneDX*) while [ $1 != --output ]; do shift; done; echo '{"components":[]}' >"$2/sbom.json" ;;
        esac
        """;

    /// <summary>The newest one, whose notes the script looks for.</summary>
    private static string Version
    {
        get
        {
            string log = Path.Combine(Repository.Root, "CHANGELOG.md");
            return File.ReadLines(log).First(static line => line.StartsWith("## ", StringComparison.Ordinal)).Split(' ')[1];
        }
    }

    /// <summary>The lines that name the steps of a run that ends well.</summary>
    private async Task<string[]> StepsAsync()
    {
        CommandResult result = await RunAsync();
        Assert.True(result.ExitCode == 0, result.All);
        Assert.DoesNotContain(result.Output, static character => char.IsControl(character) && character != '\n');
        return [.. result.Output.Split('\n').Where(static line => line.StartsWith("== ", StringComparison.Ordinal))];
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
        Dictionary<string, string?> environment = new() { ["PATH"] = path, ["ArtifactsPath"] = Path.Combine(_folder, "artifacts") };
        return PublishScript.RunAsync("release.ps1", environment, ["-Output", Path.Combine(_folder, "out"), .. arguments]);
    }
}
