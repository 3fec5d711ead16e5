using System.Net.WebSockets;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>.NET's ClientWebSocket, with and without compression.</summary>
public abstract class ClientWebSocketTests(PublishedApp app, string transport)
{
    private static readonly int[] s_sizes = [0, 125, 126, 65_535, 65_536, 4_000_000];

    [RequiresTheory]
    [InlineData("none", null, "")]
    [InlineData("shared", null, "")]
    [InlineData("dedicated", null, "")]
    [InlineData("none", "", "")]
    [InlineData("shared", "", "permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    [InlineData("dedicated", "", "permessage-deflate")]
    [InlineData("dedicated", "client", "permessage-deflate; client_no_context_takeover")]
    [InlineData("dedicated", "server", "permessage-deflate; server_no_context_takeover")]
    [InlineData("dedicated", "window", "permessage-deflate; server_max_window_bits=9; client_max_window_bits=9")]
    public async Task Messages_of_every_size_and_in_fragments_come_back(string compression, string? offer, string extensions)
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport, "--compression", compression);
        using (DotNetClient client = await DotNetClient.ConnectAsync(
            server.Url + "/echo", options => options.DangerousDeflateOptions = Offer(offer)))
        {
            Assert.Equal(extensions, client.Extensions);
            foreach (int size in s_sizes) await client.ExpectEchoesAsync(size);
            await client.ExpectEchoesAsync(1_000_000, fragment: 1000);
            Assert.Equal(1000, (await client.CloseAsync(1000, "")).Code);
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task Closes_have_their_codes_and_reasons_both_ways()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        using (DotNetClient client = await DotNetClient.ConnectAsync(server.Url + "/echo"))
        {
            (int? code, string? reason) = await client.CloseAsync(4999, "an application's, grün");
            Assert.Equal(4999, code);
            Assert.Contains(reason, new[] { "", "an application's, grün" });
        }

        using (DotNetClient client = await DotNetClient.ConnectAsync(server.Url + "/chat/room"))
        {
            await client.SendAsync([1, 2, 3]);
            (int? code, string? reason) = await client.ReceiveCloseAsync();
            Assert.Equal(1003, code);
            Assert.NotEqual("", reason);
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task Pings_of_the_client_are_answered_and_it_answers_those_of_the_server()
    {
        // The client ends a connection whose pong does not come in this time, and the server one in the other.
        TimeSpan pongTimeout = TimeSpan.FromSeconds(3);
        await using ServerProcess server = await app.StartAsync(
            "--transport", transport, "--ping-interval-ms", "500", "--pong-timeout-ms", "2000");
        using (DotNetClient client = await DotNetClient.ConnectAsync(server.Url + "/chat/room", options =>
        {
            options.KeepAliveInterval = TimeSpan.FromMilliseconds(100);
            options.KeepAliveTimeout = pongTimeout;
        }))
        {
            Task<string> heard = client.ReceiveTextAsync();
            using RawConnection witness = await RawConnection.UpgradeAsync(server.Port, "/chat/room");
            await witness.AnswerPingsAsync(pongTimeout * 1.5);
            await witness.SendAsync(RawConnection.Frame(0x81, "still here"u8));
            Assert.Equal("still here", await heard);
        }

        await server.StopAsync();
    }

    private static WebSocketDeflateOptions? Offer(string? kind) => kind switch
    {
        null => null,
        "client" => new WebSocketDeflateOptions { ClientContextTakeover = false },
        "server" => new WebSocketDeflateOptions { ServerContextTakeover = false },
        "window" => new WebSocketDeflateOptions { ClientMaxWindowBits = 9, ServerMaxWindowBits = 9 },
        _ => new WebSocketDeflateOptions(),
    };
}

[Collection(PublishedFile.Name)]
public sealed class EpollClientWebSocketTests(PublishedApp app) : ClientWebSocketTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsClientWebSocketTests(PublishedApp app) : ClientWebSocketTests(app, "sockets");
