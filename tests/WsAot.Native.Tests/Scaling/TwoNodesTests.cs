using System.Text.Json;
using WsAot.Native.Tests.Harness;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Native.Tests.Scaling;

/// <summary>The page on two servers that NATS connects, of which one is killed and started again.</summary>
[Collection(PublishedFile.Name)]
public sealed class TwoNodesTests(PublishedApp app)
{
    [RequiresFact(Tool.NatsServer | Tool.Node | Tool.Chromium)]
    public async Task Two_tabs_on_two_servers_chat_and_one_survives_the_end_of_its_server()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await using ServerProcess one = await StartAsync(nats, "ws://127.0.0.1:0");
        await using ServerProcess other = await StartAsync(nats, "ws://127.0.0.1:0");
        string pictures = Repository.EmptyFolder("pictures-nodes");
        await using ClientScript browser = await ClientScript.StartAsync(
            "nodes.mjs", one.HttpUrl + "/", other.HttpUrl + "/", Tools.Chromium, pictures);
        await browser.WaitForAsync("ready");
        other.Send(Signal.Kill);
        await other.EndAsync();
        await browser.WaitForAsync("closed");
        await using ServerProcess again = await StartAsync(nats, other.Url);
        JsonElement verdict = await browser.VerdictAsync();

        string[] said = ["Ann: hello Ben", "Ben: hello Ann", "Ann: while you were away", "Ben: here I am"];
        Assert.Equal(said, verdict.Strings("ann"));
        Assert.Equal(said, verdict.Strings("ben"));
        Assert.Equal(2, Directory.GetFiles(pictures, "*.png").Length);
    }

    private async Task<ServerProcess> StartAsync(NatsServer nats, string url) => await ServerProcess.StartAsync(
        await app.FileWithNatsAsync(), ["--urls", url, "--nats-url", nats.Url], PublishedApp.NewWorkingFolder());
}
