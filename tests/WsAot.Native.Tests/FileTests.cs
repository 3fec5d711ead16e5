using System.Text.Json;
using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The file itself: what it is made of and what it needs beside it.</summary>
[Collection(PublishedFile.Name)]
public sealed partial class FileTests(PublishedApp app)
{
    [RequiresFact]
    public void Publishing_warns_of_nothing() => Assert.DoesNotMatch(Warning(), app.Output);

    [RequiresFact]
    public void Publishing_leaves_one_file() => Assert.Equal([app.File], Directory.GetFileSystemEntries(app.Folder));

    [RequiresFact]
    public async Task It_needs_the_c_library_and_no_other()
    {
        CommandResult ldd = await Command.RunAsync("ldd", [app.File]);
        Assert.Equal(0, ldd.ExitCode);
        string[] libraries =
        [
            .. ldd.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Path.GetFileName(line.Trim().Split(' ')[0]))
                // The kernel's page and the loader are no files that could be missing.
                .Where(name => name != "linux-vdso.so.1" && !name.StartsWith("ld-linux", StringComparison.Ordinal)),
        ];
        Assert.Contains("libc.so.6", libraries);
        Assert.Empty(libraries.Except(["libc.so.6", "libm.so.6"]));
    }

    [RequiresFact(Tool.Node)]
    public async Task It_runs_alone_in_an_empty_folder()
    {
        string folder = Repository.EmptyFolder("alone");
        string copy = Path.Combine(folder, "wsaot");
        File.Copy(app.File, copy);
        await using ServerProcess server = await ServerProcess.StartAsync(copy, ["--urls", "ws://127.0.0.1:0"], folder);
        JsonElement verdict = await ClientScript.RunAsync("echo.mjs", server.Url + "/echo", "1000");
        Assert.True(verdict.GetProperty("text").GetProperty("same").GetBoolean());
        await server.StopAsync();
        Assert.Equal([copy], Directory.GetFileSystemEntries(folder));
    }

    // "warning IL2026:" and the like, from the compiler, the trimmer, ILC or the build.
    [GeneratedRegex(@"\bwarning\b", RegexOptions.IgnoreCase)]
    private static partial Regex Warning();
}
