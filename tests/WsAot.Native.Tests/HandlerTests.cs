using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>What one does first with the sources: adding a handler to the app. Done in a copy of them, under the JIT.</summary>
[Collection(PublishedFile.Name)]
public sealed class HandlerTests
{
    private const string Shout =
        """
        namespace WsAot.App.Handlers;

        [WsRoute("/shout/{times}")]
        internal sealed class Shout(WsConnection connection, int times)
        {
            [OnText]
            public void Said(string text) => connection.Send(string.Concat(Enumerable.Repeat(text.ToUpperInvariant(), times)));
        }

        """;

    // One copy for both tests, so that the second only compiles the app again.
    private static readonly Lazy<string> s_copy = new(CopyAllSources);

    private static string App => Path.Combine(s_copy.Value, "src", "WsAot.App");

    [RequiresFact]
    public async Task A_handler_added_to_the_app_is_served_after_a_rebuild_with_no_other_edit()
    {
        CommandResult build = await BuildWithAsync(Shout);
        Assert.True(build.ExitCode == 0, build.All);

        string assembly = Assert.Single(Directory.GetFiles(Path.Combine(App, "bin"), "WsAot.App.dll", SearchOption.AllDirectories));
        await using ServerProcess server = await ServerProcess.StartAsync(
            DotNet.Host, [assembly, "--urls", "ws://127.0.0.1:0"], PublishedApp.NewWorkingFolder());
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/shout/2"))
        {
            await connection.SendAsync(RawConnection.Frame(0x81, "hey"u8));
            (byte first, byte[] payload) = await connection.ReadFrameAsync();
            Assert.Equal(0x81, first);
            Assert.Equal("HEYHEY"u8.ToArray(), payload);
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task The_handler_of_the_README_builds_as_it_stands()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        int start = readme.IndexOf("[WsRoute(\"/talk/{room}\"", StringComparison.Ordinal);
        string handler = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        CommandResult build = await BuildWithAsync("using WsAot;\n\n" + handler);
        Assert.True(build.ExitCode == 0, build.All);
    }

    [RequiresFact]
    public async Task A_mistake_in_a_handler_stops_the_build_with_its_id_and_its_place()
    {
        // The route value loses its parameter's name.
        CommandResult build = await BuildWithAsync(Shout.Replace("{times}", "{count}", StringComparison.Ordinal));
        Assert.NotEqual(0, build.ExitCode);
        Assert.Matches(@"Handlers/Shout\.cs\(\d+,\d+\): error WSA\d{3}: ", build.Output);
    }

    private static async Task<CommandResult> BuildWithAsync(string handler)
    {
        await File.WriteAllTextAsync(Path.Combine(App, "Handlers", "Shout.cs"), handler);
        return await DotNet.RunAsync(
            App, "build", "-c", "Release", "-p:BuildProjectReferences=false", "-p:ProduceReferenceAssembly=false");
    }

    // With the libraries as the publishing has just built them: only the app is compiled.
    private static string CopyAllSources()
    {
        string copy = Repository.EmptyFolder("rebuilt");
        foreach (string file in Directory.GetFiles(Repository.Root).Where(IsBuildFile))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        foreach (string folder in new[] { "src", "generators" })
        {
            CopyFolder(Path.Combine(Repository.Root, folder), Path.Combine(copy, folder));
        }

        Directory.Delete(Path.Combine(copy, "src", "WsAot.App", "bin"), recursive: true);
        return copy;
    }

    private static bool IsBuildFile(string file) =>
        Path.GetExtension(file).ToUpperInvariant() is ".PROPS" or ".TARGETS" or ".CONFIG" or ".JSON" or ".EDITORCONFIG";

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.GetDirectories(from))
        {
            if (Path.GetFileName(folder) is not ("obj" or "Debug")) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
