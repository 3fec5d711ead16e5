using System.Text;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>SIGHUP and <c>--check</c>: options that are read again, or read only.</summary>
[Collection(PublishedFile.Name)]
public sealed class ReloadTests(PublishedApp app)
{
    [RequiresFact]
    public async Task SIGHUP_changes_what_can_change_and_a_wrong_file_changes_nothing()
    {
        string folder = PublishedApp.NewWorkingFolder();
        Write("""{ "urls": "ws://127.0.0.1:0", "maxMessageBytes": 10, "transport": "epoll" }""");
        await using ServerProcess server = await ServerProcess.StartAsync(app.File, [], folder);
        using RawConnection before = await RawConnection.UpgradeAsync(server.Port, "/echo");
        await ExpectEchoAsync(before, "0123456789");

        Write(
            """
            {
              "urls": "ws://127.0.0.1:0", "maxMessageBytes": 11, "transport": "sockets",
              "logLevel": "debug", "allowedOrigins": "https://a.example"
            }
            """);
        server.Send(Signal.HangUp);
        await WaitForAsync(server, "Options have changed: AllowedOrigins, MaxMessageBytes, LogLevel.");
        await WaitForAsync(server, "Changed options that take effect after a restart: Transport.");
        await ExpectEchoAsync(before, "0123456789a");

        Write("""{ "urls": "nowhere", "maxMessageBytes": 0 }""");
        server.Send(Signal.HangUp);
        await WaitForAsync(server, "SIGHUP: kept the old options, because the new ones are invalid: MaxMessageBytes must be 1 to ");
        Assert.Contains("Urls: 'nowhere' cannot be used", server.Error.ToString(), StringComparison.Ordinal);
        await ExpectEchoAsync(before, "0123456789b");
        await server.StopAsync();

        void Write(string text) => File.WriteAllText(Path.Combine(folder, "wsaot.json"), text);
    }

    [RequiresFact]
    public async Task Check_ends_with_0_or_with_2_and_a_line_for_each_fault()
    {
        CommandResult result = await app.RunAsync(["--check", "--urls", "ws://127.0.0.1:0"], PublishedApp.NewWorkingFolder());
        Assert.Equal((0, "", "wsaot: the configuration is valid (read from no file).\n"), (result.ExitCode, result.Error, result.Output));

        result = await app.RunAsync(["--check", "--loops", "x", "--colour", "red", "--drain-batch", "0"], PublishedApp.NewWorkingFolder());
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            """
            wsaot: Unknown option '--colour'.
            wsaot: Option 'loops' must be a whole number, not 'x'.
            wsaot: DrainBatch must be 1 to 1000000, not 0. See wsaot --help.

            """,
            result.Error);
    }

    private static async Task ExpectEchoAsync(RawConnection connection, string text)
    {
        await connection.SendAsync(RawConnection.Frame(0x81, Encoding.UTF8.GetBytes(text)));
        (byte first, byte[] payload) = await connection.ReadFrameAsync();
        Assert.Equal((0x81, text), (first, Encoding.UTF8.GetString(payload)));
    }

    private static async Task WaitForAsync(ServerProcess server, string words)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await server.Error.WaitForAsync(line => line.Contains(words, StringComparison.Ordinal), 1, patience.Token);
    }
}
