using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The route /echo, spoken to by clients that others wrote: the npm package ws, and Debian's python3-websockets.</summary>
public abstract class EchoTests(PublishedApp app, string transport)
{
    // Both sides of each length form (RFC 6455 section 5.2), and more than any buffer holds.
    public static TheoryData<int> Sizes => [0, 1, 125, 126, 65_535, 65_536, 1 << 20, 16 << 20];

    [RequiresTheory(Tool.Node)]
    [MemberData(nameof(Sizes))]
    public Task Ws_gets_back_what_it_sent(int size) => ExpectEcho("echo.mjs", size);

    [RequiresTheory(Tool.Python)]
    [MemberData(nameof(Sizes))]
    public Task Python_websockets_gets_back_what_it_sent(int size) => ExpectEcho("echo.py", size);

    [RequiresFact(Tool.Node)]
    public async Task Fragments_of_ws_with_pings_between_them_come_back_as_one_message()
    {
        JsonElement verdict = await RunAsync("fragments.mjs");
        ExpectSame(verdict);
        Assert.Equal(["pong between", "text", "pong again", "binary"], verdict.Strings("order"));
    }

    [RequiresFact(Tool.Python)]
    public async Task Fragments_of_python_websockets_with_pings_between_them_come_back_as_one_message()
    {
        JsonElement verdict = await RunAsync("fragments.py");
        ExpectSame(verdict);
        Assert.Equal(["pong", "text", "pong", "binary"], verdict.Strings("order"));
    }

    [RequiresFact(Tool.Node)]
    public async Task A_ping_of_ws_is_answered_with_its_payload()
    {
        JsonElement verdict = await RunAsync("ping.mjs");
        Assert.Equal(verdict.Strings("pings"), verdict.Strings("pongs"));
    }

    [RequiresFact(Tool.Python)]
    public async Task A_ping_of_python_websockets_is_answered_with_its_payload()
    {
        JsonElement verdict = await RunAsync("ping.py");
        Assert.Equal(3, verdict.GetProperty("answered").GetArrayLength());
    }

    [RequiresTheory(Tool.Node)]
    [InlineData(1000, "")]
    [InlineData(1001, "going away")]
    [InlineData(3000, "a library's")]
    [InlineData(4999, "an application's, grün")]
    public Task A_close_of_ws_is_answered_with_its_code(int code, string reason) => ExpectClose("close.mjs", code, reason);

    [RequiresTheory(Tool.Python)]
    [InlineData(1000, "")]
    [InlineData(3000, "a library's")]
    [InlineData(4999, "an application's, grün")]
    public Task A_close_of_python_websockets_is_answered_with_its_code(int code, string reason) => ExpectClose("close.py", code, reason);

    [RequiresFact(Tool.Node)]
    public async Task A_close_without_a_code_is_answered_without_one()
    {
        JsonElement verdict = await RunAsync("close.mjs");
        // What a client reports where the close frame was empty (RFC 6455 section 7.1.5).
        Assert.Equal(1005, verdict.GetProperty("code").GetInt32());
    }

    [RequiresFact(Tool.Node)]
    public async Task A_client_that_sends_before_it_reads_is_held_back_and_gets_every_echo()
    {
        // 64 MB: more than the output that may wait for it and the buffers of both kernels.
        const int Messages = 16_000;
        JsonElement verdict = await RunAsync("flood.mjs", Messages.ToString(null, null));
        Assert.Equal(Messages, verdict.GetProperty("inOrder").GetInt32());
        Assert.NotEqual(0, verdict.GetProperty("waiting").GetInt64());
        Assert.Equal(1000, verdict.GetProperty("code").GetInt32());
    }

    private static void ExpectSame(JsonElement verdict)
    {
        foreach (string kind in new[] { "text", "binary" })
        {
            JsonElement echo = verdict.GetProperty(kind);
            Assert.True(echo.GetProperty("same").GetBoolean(), $"The {kind} message came back changed: {verdict}");
            Assert.Equal(kind == "binary", echo.GetProperty("isBinary").GetBoolean());
        }

        Assert.Equal(1000, verdict.GetProperty("code").GetInt32());
    }

    private async Task ExpectEcho(string script, int size)
    {
        JsonElement verdict = await RunAsync(script, size.ToString(null, null));
        ExpectSame(verdict);
        Assert.Equal(size, verdict.GetProperty("text").GetProperty("bytes").GetInt32());
        Assert.Equal(size, verdict.GetProperty("binary").GetProperty("bytes").GetInt32());
    }

    private async Task ExpectClose(string script, int code, string reason)
    {
        JsonElement verdict = await RunAsync(script, code.ToString(null, null), reason);
        // Section 5.5.1: the answer echoes the status code; a reason is the sender's own, so an answer need not repeat it.
        Assert.Equal(code, verdict.GetProperty("code").GetInt32());
        Assert.Contains(verdict.GetProperty("reason").GetString(), new[] { "", reason });
    }

    private async Task<JsonElement> RunAsync(string script, params string[] arguments)
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        JsonElement verdict = await ClientScript.RunAsync(script, [server.Url + "/echo", .. arguments]);
        await server.StopAsync();
        return verdict;
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollEchoTests(PublishedApp app) : EchoTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsEchoTests(PublishedApp app) : EchoTests(app, "sockets");
