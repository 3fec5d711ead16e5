using System.Text.Json;
using System.Xml.Linq;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Containers;

/// <summary>The image, made by the Dockerfile and by the build's own target, and the server in its root.</summary>
[Collection(PublishedFile.Name)]
public sealed class ImageTests(PublishedApp app)
{
    // What every image of the server has; labels apart.
    private static readonly Dictionary<string, string> s_config = new()
    {
        ["Entrypoint"] = """["/wsaot"]""",
        ["ExposedPorts"] = """{"8080/tcp":{}}""",
        ["Healthcheck"] =
            """{"Test":["CMD","/wsaot","--healthcheck"],"Interval":10000000000,"Timeout":"""
            + """3000000000,"StartPeriod":5000000000,"Retries":3}""",
        ["StopSignal"] = "\"SIGTERM\"",
        ["User"] = "\"65532:65532\"",
        ["WorkingDir"] = "\"/\"",
    };

    [RequiresFact(Tool.Buildah)]
    public async Task The_Dockerfile_makes_an_image_with_the_static_file_alone_that_starts_without_rights()
    {
        ImageArchive image = await ImageBuild.RunAsync(Repository.Root, await app.StaticFolderAsync(), "--build-arg", "REVISION=0123abc");
        ExpectServer(image);
        JsonElement labels = image.Configuration.GetProperty("config").GetProperty("Labels");
        Assert.Equal("wsaot", labels.GetProperty("org.opencontainers.image.title").GetString());
        Assert.Equal(Version, labels.GetProperty("org.opencontainers.image.version").GetString());
        Assert.Equal("0123abc", labels.GetProperty("org.opencontainers.image.revision").GetString());
        Assert.Equal("MIT", labels.GetProperty("org.opencontainers.image.licenses").GetString());
    }

    [RequiresFact]
    public async Task The_build_makes_the_same_image_without_a_tool()
    {
        ImageArchive image = await ArchiveAsync();
        ExpectServer(image);
        Assert.Equal(["wsaot:" + Version], image.Tags);
        JsonElement labels = image.Configuration.GetProperty("config").GetProperty("Labels");
        Assert.Equal(Version, labels.GetProperty("org.opencontainers.image.version").GetString());
        CommandResult version = await Command.RunAsync(Path.Combine(await app.StaticFolderAsync(), "wsaot"), ["--version"]);
        string revision = labels.GetProperty("org.opencontainers.image.revision").GetString()!;
        Assert.Equal($"wsaot {Version}+{revision}\n", version.Output);
    }

    [RequiresFact(Tool.Skopeo)]
    public async Task Skopeo_reads_it_in_both_formats()
    {
        string archive = Path.Combine(await app.StaticFolderAsync(), "wsaot.oci.tar");
        foreach (string format in (string[])["oci-archive", "docker-archive"])
        {
            // Copying compares every digest with the bytes.
            string copy = Path.Combine(Repository.EmptyFolder("containers/copy"), "image");
            CommandResult result = await Command.RunAsync(
                Tools.Skopeo, ["--insecure-policy", "copy", "--quiet", $"{format}:{archive}", "dir:" + copy]);
            Assert.True(result.ExitCode == 0, result.All);
            CommandResult inspect = await Command.RunAsync(Tools.Skopeo, ["inspect", "dir:" + copy]);
            Assert.True(inspect.ExitCode == 0, inspect.All);
            JsonElement image = JsonDocument.Parse(inspect.Output).RootElement;
            Assert.Equal("linux", image.GetProperty("Os").GetString());
            Assert.Equal(["WSAOT_URLS=ws://*:8080"], ImageArchive.Strings(image.GetProperty("Env")));
        }
    }

    [RequiresFact(Tool.Chroot)]
    public async Task The_server_runs_in_a_root_that_has_nothing_else_and_cannot_be_written()
    {
        ImageRoot root = new(await ArchiveAsync());
        string[] question;
        await using (ServerProcess server = await root.StartAsync("--urls", "ws://*:0"))
        {
            question = ["--healthcheck", "--urls", $"ws://*:{server.Port}"];
            Dictionary<string, string> status = await ReadStatusAsync(server.Id);
            Assert.Equal("65532\t65532\t65532\t65532", status["Uid"]);
            Assert.Equal("65532\t65532\t65532\t65532", status["Gid"]);
            Assert.Equal("0000000000000000", status["CapEff"]);
            using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo"))
            {
                await connection.SendAsync(RawConnection.Frame(0x81, "from an empty root"u8));
                Assert.Equal("from an empty root"u8.ToArray(), (await connection.ReadFrameAsync()).Payload);
            }

            CommandResult healthy = await root.RunAsync(question);
            Assert.True(healthy.ExitCode == 0, healthy.All);
            await server.StopAsync();
            // Nothing is missing there that it would like to have.
            Assert.All(server.Error.All, static line => Assert.Contains(" info ", line, StringComparison.Ordinal));
        }

        CommandResult stopped = await root.RunAsync(question);
        Assert.Equal(1, stopped.ExitCode);
        Assert.Equal(["wsaot"], root.Files);
    }

    [RequiresFact]
    public async Task A_file_is_linked_again_when_it_is_to_be_static()
    {
        // The same objects, linked in two ways, one after the other.
        Assert.True(await HasLoaderAsync(app.File));
        Assert.False(await HasLoaderAsync(Path.Combine(await app.StaticFolderAsync(), "wsaot")));
    }

    private static string Version { get; } =
        XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    private async Task<ImageArchive> ArchiveAsync() =>
        ImageArchive.Read(Path.Combine(await app.StaticFolderAsync(), "wsaot.oci.tar"));

    private static void ExpectServer(ImageArchive image)
    {
        Assert.Equal(["755 0:0 wsaot"], image.Files);
        Budgets.Expect(image.Size, "imageBytes");
        JsonElement config = image.Configuration.GetProperty("config");
        Assert.All(s_config, expected => Assert.Equal(expected.Value, config.GetProperty(expected.Key).GetRawText()));
        // Tools that build images add a PATH.
        Assert.Equal(
            ["WSAOT_URLS=ws://*:8080"],
            ImageArchive.Strings(config.GetProperty("Env")).Where(static one => !one.StartsWith("PATH=", StringComparison.Ordinal)));
    }

    private static async Task<Dictionary<string, string>> ReadStatusAsync(int process) =>
        (await File.ReadAllLinesAsync($"/proc/{process}/status"))
            .Select(static line => line.Split(':', 2))
            .ToDictionary(static line => line[0], static line => line[1].Trim());

    // A dynamic file has the path of the program that loads its libraries: in /lib64 on x64, in /lib on arm64.
    private static async Task<bool> HasLoaderAsync(string file)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        return bytes.AsSpan().IndexOf("/lib64/ld-linux"u8) >= 0 || bytes.AsSpan().IndexOf("/lib/ld-linux"u8) >= 0;
    }
}
