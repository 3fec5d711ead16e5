using System.Text;
using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>What the server closes a connection for, and with which code (RFC 6455 section 7.4.1).</summary>
public abstract class RefusalTests(PublishedApp app, string transport)
{
    // The limit of a route that does not set its own.
    private const int MaxMessageBytes = 64 * 1024;

    [RequiresTheory(Tool.Node | Tool.Python)]
    [InlineData("toolarge.mjs")]
    [InlineData("toolarge.py")]
    public async Task A_message_beyond_the_limit_closes_with_1009(string script)
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        JsonElement verdict = await ClientScript.RunAsync(script, server.Url + "/chat/room", (MaxMessageBytes + 1).ToString(null, null));
        Assert.Equal(1009, verdict.GetProperty("code").GetInt32());
        await server.StopAsync();
    }

    [RequiresFact(Tool.Node)]
    public async Task A_message_far_beyond_the_limit_closes_with_1009_while_the_client_is_still_sending()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        JsonElement verdict = await ClientScript.RunAsync("toolarge.mjs", server.Url + "/echo", ((64 << 20) + 1).ToString(null, null));
        Assert.Equal(1009, verdict.GetProperty("code").GetInt32());
        await server.StopAsync();
    }

    public static TheoryData<string, int, byte[]> Refused => new()
    {
        // 1002: section 5.1, 5.2, 5.4 and 5.5.
        { "a frame that is not masked", 1002, [0x81, 0x01, (byte)'a'] },
        { "a reserved bit", 1002, RawConnection.Frame(0xc1, "a"u8) },
        { "a reserved opcode", 1002, RawConnection.Frame(0x83, "a"u8) },
        { "a continuation of nothing", 1002, RawConnection.Frame(0x80, "a"u8) },
        { "a message within a message", 1002, [.. RawConnection.Frame(0x01, "a"u8), .. RawConnection.Frame(0x81, "b"u8)] },
        { "a ping in fragments", 1002, RawConnection.Frame(0x09, "a"u8) },
        { "a ping of 126 bytes", 1002, RawConnection.Frame(0x89, new byte[126]) },
        { "a length in a longer form than needed", 1002, [0x82, 0xfe, 0, 125, 1, 2, 3, 4] },
        { "a length with its top bit set", 1002, RawConnection.Header(0x82, long.MinValue + 1) },
        { "a close frame of one byte", 1002, RawConnection.Frame(0x88, [0x03]) },
        { "a close code that may not be sent", 1002, RawConnection.Frame(0x88, [0x03, 0xed]) },
        // 1007: section 8.1.
        { "text that is not UTF-8", 1007, RawConnection.Frame(0x81, [0x61, 0xc0, 0xaf]) },
        { "text that is not UTF-8 from its first fragment on", 1007, RawConnection.Frame(0x01, [0xff]) },
        { "text that ends within a character", 1007, [.. RawConnection.Frame(0x01, [0xe2]), .. RawConnection.Frame(0x80, [0x82])] },
        { "a close reason that is not UTF-8", 1007, RawConnection.Frame(0x88, [0x03, 0xe8, 0xff]) },
        // 1009: nothing of the message has to come for it.
        { "a declared length beyond the limit", 1009, RawConnection.Header(0x82, (64 << 20) + 1) },
        { "a declared length beyond all limits", 1009, RawConnection.Header(0x82, long.MaxValue) },
    };

    [RequiresTheory]
    [MemberData(nameof(Refused))]
    public async Task The_connection_is_closed_for(string what, int code, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(what);
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo"))
        {
            await connection.SendAsync(bytes);
            Assert.Equal(code, await connection.ReadCloseAsync());
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task Binary_to_a_handler_that_takes_text_only_closes_with_1003()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/chat/room"))
        {
            await connection.SendAsync(RawConnection.Frame(0x82, "a"u8));
            Assert.Equal(1003, await connection.ReadCloseAsync());
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task More_fragments_than_the_limit_close_with_1008_even_empty_ones()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/chat/room"))
        {
            byte[] continuation = RawConnection.Frame(0x00, []);
            byte[] message = [.. RawConnection.Frame(0x01, []), .. Enumerable.Repeat(continuation, 1024).SelectMany(frame => frame)];
            await connection.SendAsync(message);
            Assert.Equal(1008, await connection.ReadCloseAsync());
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_frame_that_comes_byte_by_byte_is_taken()
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo"))
        {
            foreach (byte one in RawConnection.Frame(0x81, Encoding.UTF8.GetBytes("grün 😀"))) await connection.SendAsync(new[] { one });
            (byte first, byte[] payload) = await connection.ReadFrameAsync();
            Assert.Equal(0x81, first);
            Assert.Equal("grün 😀", Encoding.UTF8.GetString(payload));

            await connection.SendAsync(RawConnection.Frame(0x88, [0x03, 0xe8]));
            Assert.Equal(1000, await connection.ReadCloseAsync());
        }

        await server.StopAsync();
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollRefusalTests(PublishedApp app) : RefusalTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsRefusalTests(PublishedApp app) : RefusalTests(app, "sockets");
