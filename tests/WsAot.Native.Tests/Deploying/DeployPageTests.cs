using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Deploying;

/// <summary>What docs/deploy.md quotes.</summary>
[Collection(PublishedFile.Name)]
public sealed class DeployPageTests(PublishedApp app)
{
    [RequiresFact]
    public async Task The_warning_is_the_servers()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File, ["--urls", "ws://127.0.0.1:0"], PublishedApp.NewWorkingFolder(), new() { ["container"] = "podman" });
        await server.StopAsync();
        string warning = server.Error.All.Single(static line => line.Contains(" warn ", StringComparison.Ordinal));
        string text = warning[warning.IndexOf("Listening", StringComparison.Ordinal)..];
        Assert.Contains($"`{text}`", DeployPage.Text, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void The_command_that_makes_an_image_is_the_one_that_the_tests_run()
    {
        string command = "dotnet " + string.Join(' ', [.. PublishedApp.PublishArguments("dist"), .. PublishedApp.ImageArguments]);
        Assert.Contains($"\n{command}\n", DeployPage.Text, StringComparison.Ordinal);
    }

    [RequiresFact]
    public async Task The_sizes_are_those_of_the_file_and_of_the_archive()
    {
        string folder = await app.StaticFolderAsync();
        Expect("`/wsaot`, of {0:F1} MB", Path.Combine(folder, "wsaot"));
        Expect("`dist/wsaot.oci.tar` ({0:F1} MB)", Path.Combine(folder, "wsaot.oci.tar"));
    }

    private static void Expect(string format, string file) => Assert.Contains(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, format, new FileInfo(file).Length / 1e6),
        DeployPage.Text,
        StringComparison.Ordinal);
}
