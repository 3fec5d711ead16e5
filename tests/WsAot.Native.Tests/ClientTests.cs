using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>
/// Clients of other languages, each of which does the same: echoes of every form of length and of 4 MB, messages in fragments with a ping
/// within, and closes of both sides. Java's java.net.http has no compression; Go's gorilla/websocket sends fragments of 4,096 bytes.
/// </summary>
public abstract class ClientTests(PublishedApp app, string transport)
{
    private static readonly int[] s_sizes = [0, 125, 126, 65_535, 65_536, 4_000_000];

    [RequiresTheory(Tool.Java)]
    [InlineData("none")]
    [InlineData("dedicated")]
    public async Task Java_gets_back_what_it_sent_and_closes_with_codes_both_ways(string compression)
    {
        JsonElement verdict = await RunAsync(compression, "java/Client.java");
        ExpectEchoes(verdict, each: 2);
        Assert.Equal(["within text", "within binary"], verdict.Strings("pongs"));
        ExpectCloses(verdict);
    }

    [RequiresTheory(Tool.Go)]
    [InlineData("none", true, "")]
    [InlineData("shared", false, "")]
    [InlineData("shared", true, "permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    [InlineData("dedicated", true, "permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    public async Task Gorilla_gets_back_what_it_sent_and_closes_with_codes_both_ways(string compression, bool offers, string extensions)
    {
        JsonElement verdict = await RunAsync(compression, "go/client.go", offers ? "true" : "false");
        Assert.Equal(extensions, verdict.GetProperty("extensions").GetString());
        ExpectEchoes(verdict, each: 4, 100_000, 300_000);
        Assert.Equal(["within", "within"], verdict.Strings("pongs"));
        ExpectCloses(verdict);
    }

    private static void ExpectEchoes(JsonElement verdict, int each, params int[] more)
    {
        Assert.Empty(verdict.Strings("changed"));
        Assert.Equal(
            [.. s_sizes.SelectMany(size => Enumerable.Repeat(size, each)), .. more],
            verdict.GetProperty("echoed").EnumerateArray().Select(static size => size.GetInt32()));
    }

    private static void ExpectCloses(JsonElement verdict)
    {
        Assert.Equal(4999, verdict.GetProperty("byClient").GetProperty("code").GetInt32());
        JsonElement byServer = verdict.GetProperty("byServer");
        Assert.Equal(1003, byServer.GetProperty("code").GetInt32());
        Assert.NotEqual("", byServer.GetProperty("reason").GetString());
    }

    private async Task<JsonElement> RunAsync(string compression, string client, params string[] arguments)
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport, "--compression", compression);
        JsonElement verdict = await ClientScript.RunAsync(client, [server.Url + "/echo", server.Url + "/chat/room", .. arguments]);
        await server.StopAsync();
        return verdict;
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollClientTests(PublishedApp app) : ClientTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsClientTests(PublishedApp app) : ClientTests(app, "sockets");
