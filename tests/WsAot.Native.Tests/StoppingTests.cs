using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>SIGTERM and SIGINT: every client hears 1001 (RFC 6455 section 7.4.1), and the process ends with 0.</summary>
public abstract class StoppingTests(PublishedApp app, string transport)
{
    private const int Clients = 40;

    [RequiresTheory(Tool.Node | Tool.GnuEnv)]
    [InlineData(nameof(Signal.Terminate), "load.mjs")]
    [InlineData(nameof(Signal.Interrupt), "load.mjs")]
    [InlineData(nameof(Signal.Terminate), "idle.mjs")]
    public async Task Every_client_hears_1001(string signal, string script)
    {
        await using ServerProcess server = await app.StartInForegroundAsync("--transport", transport);
        await using ClientScript clients = await ClientScript.StartAsync(script, server.Url + "/echo", Clients.ToString(null, null));
        await clients.WaitForAsync("ready");
        await server.StopAsync(Enum.Parse<Signal>(signal));

        JsonElement[] closes = (await clients.VerdictAsync()).Objects("closes");
        Assert.Equal(Clients, closes.Length);
        Assert.Equal([1001], closes.Select(close => close.GetProperty("code").GetInt32()).Distinct());
    }

    [RequiresFact]
    public async Task A_server_started_with_SIGINT_ignored_goes_on_after_SIGINT_and_stops_after_SIGTERM()
    {
        await using ServerProcess server = await app.StartInBackgroundAsync("--transport", transport);
        using RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo");
        server.Send(Signal.Interrupt);
        // A server that took the signal would have closed this connection, and would not open another one.
        await connection.SendAsync(RawConnection.Frame(0x81, "still here"u8));
        Assert.Equal("still here"u8.ToArray(), (await connection.ReadFrameAsync()).Payload);
        using (await RawConnection.UpgradeAsync(server.Port, "/echo"))
        {
        }

        await server.StopAsync(Signal.Terminate);
        Assert.Equal(1, server.Error.All.Count(static line => line.Contains("Stopping:", StringComparison.Ordinal)));
    }

    [RequiresFact]
    public async Task A_client_that_does_not_answer_the_close_holds_nobody_up()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport, "--close-timeout-ms", "500");
        using RawConnection silent = await RawConnection.UpgradeAsync(server.Port, "/echo");
        using RawConnection halfway = await RawConnection.OpenAsync(server.Port);
        await halfway.SendAsync("GET /echo HTT"u8.ToArray());
        await server.StopAsync();
        (byte first, byte[] payload) = await silent.ReadFrameAsync();
        Assert.Equal(0x88, first);
        Assert.Equal([0x03, 0xe9], payload[..2]);
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollStoppingTests(PublishedApp app) : StoppingTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsStoppingTests(PublishedApp app) : StoppingTests(app, "sockets");
