using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The page, as a person sees it in a browser.</summary>
[Collection(PublishedFile.Name)]
public sealed class PageTests(PublishedApp app)
{
    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task One_can_echo_and_two_tabs_can_chat()
    {
        await using ServerProcess server = await app.StartAsync();
        string pictures = Repository.EmptyFolder("pictures");
        JsonElement verdict = await ClientScript.RunAsync("page.mjs", server.HttpUrl + "/", Tools.Chromium, pictures);
        await server.StopAsync();

        JsonElement echo = verdict.GetProperty("echo");
        Assert.Equal("connected", echo.GetProperty("state").GetString());
        Assert.Equal(["grüß dich 😀", "<b>not markup</b>"], echo.Strings("lines"));
        Assert.All(echo.Strings("times"), time => Assert.Matches(@"^\d+\.\d ms$", time));
        Assert.Equal(2, echo.Strings("times").Length);
        Assert.Equal("", echo.GetProperty("inputAfterwards").GetString());
        Assert.Equal(0, echo.GetProperty("markup").GetInt32());

        JsonElement chat = verdict.GetProperty("chat");
        Assert.Equal("in café 1-2", chat.GetProperty("state").GetString());
        Assert.Equal(["Ann: hello Ben", "Ben: hello Ann"], chat.Strings("ann"));
        Assert.Equal(["Ann: hello Ben", "Ben: hello Ann"], chat.Strings("ben"));
        Assert.Equal(["Ann: hello Ben", "Ben: hello Ann"], chat.Strings("later"));
        Assert.Equal(["Ann (you)", "Ben"], chat.Strings("both"));
        Assert.Equal(["Ann (you)", "Ben"], chat.Strings("left"));
        Assert.Equal(["Ann", "Ben", "Cyd (you)"], chat.Strings("seenByCyd"));

        JsonElement rpc = verdict.GetProperty("rpc");
        Assert.Equal("connected", rpc.GetProperty("state").GetString());
        Assert.Equal("1 + 2 + 39 = 42", rpc.GetProperty("result").GetString());
        Assert.Matches(@"^Tick \d+: a call took \d+\.\d ms; of the last \d+: \d+\.\d ms median, ", rpc.GetProperty("latency").GetString());

        Assert.False(verdict.GetProperty("isWide").GetBoolean());
        Assert.Empty(verdict.Strings("unlabelled"));
        Assert.Empty(verdict.Strings("problems"));
        // docs/img has copies of those of the chat.
        Assert.Equal(5, Directory.GetFiles(pictures, "*.png").Length);
    }

    [RequiresFact(Tool.Node)]
    public async Task Its_client_is_what_the_application_describes() => await PageClient.ExpectAsync(
        (await Command.RunAsync(app.File, ["--describe", "typescript"])).Output,
        Path.Combine(Repository.Root, "src", "WsAot.App", "Pages", "client.js"));

    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task It_says_that_the_server_has_gone_and_comes_back_with_it()
    {
        await using ServerProcess first = await app.StartAsync();
        await using ClientScript browser = await ClientScript.StartAsync("comeback.mjs", first.HttpUrl + "/", Tools.Chromium);
        await browser.WaitForAsync("ready");
        await first.StopAsync();
        await browser.WaitForAsync("closed");
        await using ServerProcess second = await ServerProcess.StartAsync(app.File, ["--urls", first.Url], PublishedApp.NewWorkingFolder());
        JsonElement verdict = await browser.VerdictAsync();
        await second.StopAsync();

        Assert.StartsWith("closed (1001", verdict.GetProperty("closed").GetString(), StringComparison.Ordinal);
        Assert.Equal("connected", verdict.GetProperty("state").GetString());
        Assert.Equal(["back"], verdict.Strings("lines"));
    }
}
