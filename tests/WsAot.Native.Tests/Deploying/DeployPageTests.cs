using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Deploying;

/// <summary>What docs/how-to/deploy.md quotes.</summary>
[Collection(PublishedFile.Name)]
public sealed class DeployPageTests(PublishedApp app)
{
    [RequiresFact]
    public async Task The_warning_is_the_servers()
    {
        // The default address is in use, by this test or by somebody else, so that the program ends. It warns before it listens.
        using TcpListener? listener = TryListen(8080);
        CommandResult result = await app.RunAsync([], environment: new() { ["container"] = "podman" });
        Assert.Equal(1, result.ExitCode);
        string warning = result.Error.Split('\n').Single(static line => line.Contains(" warn ", StringComparison.Ordinal));
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
        Expect("`/wsaot`, of ([0-9.]+) MB", Path.Combine(folder, "wsaot"));
        Expect("`dist/wsaot.oci.tar` \\(([0-9.]+) MB\\)", Path.Combine(folder, "wsaot.oci.tar"));
    }

    private static TcpListener? TryListen(int port)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }

    // The linker's padding moves the size by some 50 KB, which is half of the last digit.
    private static void Expect(string pattern, string file)
    {
        Match size = Regex.Match(DeployPage.Text, pattern);
        Assert.True(size.Success, pattern);
        double written = double.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(new FileInfo(file).Length / 1e6, written - 0.1, written + 0.1);
    }
}
