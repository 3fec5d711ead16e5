using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>What one client does, or what the machine runs out of, harms nobody else.</summary>
public abstract class SurvivalTests(PublishedApp app, string transport)
{
    [RequiresFact(Tool.Node)]
    public async Task A_client_killed_within_a_frame_harms_nobody()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport, "--close-timeout-ms", "500");
        using RawConnection other = await RawConnection.UpgradeAsync(server.Port, "/echo");
        await using (ClientScript client = await ClientScript.StartAsync(
            "halfway.mjs", "127.0.0.1", server.Port.ToString(null, null), "/echo"))
        {
            await client.WaitForAsync("ready");
            client.Kill();
        }

        await other.SendAsync(RawConnection.Frame(0x81, "still here"u8));
        (_, byte[] payload) = await other.ReadFrameAsync();
        Assert.Equal("still here"u8.ToArray(), payload);

        JsonElement verdict = await ClientScript.RunAsync("echo.mjs", server.Url + "/echo", "1000");
        Assert.True(verdict.GetProperty("text").GetProperty("same").GetBoolean());
        await server.StopAsync();
    }

    [RequiresFact(Tool.Node)]
    public async Task With_few_descriptors_it_serves_whom_it_can_refuses_the_others_and_recovers()
    {
        const int Descriptors = 160;
        const int Asking = 200;

        // The shell lowers its own limit and then becomes the server.
        await using ServerProcess server = await ServerProcess.StartAsync(
            "/bin/sh",
            ["-c", $"ulimit -n {Descriptors}; exec \"$0\" \"$@\"", app.File, "--urls", "ws://127.0.0.1:0", "--transport", transport],
            PublishedApp.NewWorkingFolder());
        JsonElement verdict = await ClientScript.RunAsync("many.mjs", server.Url + "/echo", Asking.ToString(null, null));

        int opened = verdict.GetProperty("opened").GetInt32();
        Assert.InRange(opened, 20, Descriptors - 1);
        Assert.Equal(opened, verdict.GetProperty("echoed").GetInt32());
        Assert.True(verdict.GetProperty("recovered").GetBoolean(), $"No connection after the others had ended: {verdict}");
        JsonProperty[] refusals = [.. verdict.GetProperty("refusals").EnumerateObject()];
        Assert.Equal(Asking - opened, refusals.Sum(refusal => refusal.Value.GetInt32()));
        Assert.All(
            refusals, refusal => Assert.Contains(refusal.Name, new[] { "Unexpected server response: 503", "ECONNRESET", "ECONNREFUSED" }));
        await server.StopAsync();
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollSurvivalTests(PublishedApp app) : SurvivalTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsSurvivalTests(PublishedApp app) : SurvivalTests(app, "sockets");
