using System.Net;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>Plain HTTP on the same port.</summary>
[Collection(PublishedFile.Name)]
public sealed class HttpTests(PublishedApp app)
{
    [RequiresFact]
    public async Task The_page_is_at_the_root()
    {
        await using ServerProcess server = await app.StartAsync();
        using (HttpClient client = new())
        using (HttpResponseMessage response = await client.GetAsync(new Uri(server.HttpUrl + "/")))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
            byte[] page = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal(page.Length, response.Content.Headers.ContentLength);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "src", "WsAot.App", "Pages", "index.html")), page);
            Assert.InRange(page.Length, 1, 12 * 1024);
        }

        await server.StopAsync();
    }

    [RequiresTheory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/nope", HttpStatusCode.NotFound)]
    [InlineData("/chat", HttpStatusCode.NotFound)]
    [InlineData("/chat/", HttpStatusCode.NotFound)]
    [InlineData("/chat/room/more", HttpStatusCode.NotFound)]
    [InlineData("/echo", HttpStatusCode.UpgradeRequired)]
    [InlineData("/echo?query", HttpStatusCode.UpgradeRequired)]
    [InlineData("/chat/room", HttpStatusCode.UpgradeRequired)]
    public async Task A_get_is_answered_with(string path, HttpStatusCode status)
    {
        await using ServerProcess server = await app.StartAsync();
        using (HttpClient client = new())
        using (HttpResponseMessage response = await client.GetAsync(new Uri(server.HttpUrl + path)))
        {
            Assert.Equal(status, response.StatusCode);
            // RFC 9110 section 15.5.22: a 426 names what to upgrade to.
            Assert.Equal(
                status == HttpStatusCode.UpgradeRequired ? ["websocket"] : [],
                response.Headers.Upgrade.Select(protocol => protocol.ToString()));
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task An_upgrade_of_another_version_is_answered_with_the_one_that_is_spoken()
    {
        await using ServerProcess server = await app.StartAsync();
        using (RawConnection connection = await RawConnection.OpenAsync(server.Port))
        {
            await connection.SendAsync(
                """
                GET /echo HTTP/1.1
                Host: localhost
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 8


                """.ReplaceLineEndings("\r\n").Select(character => (byte)character).ToArray());
            string head = await connection.ReadHeadAsync();
            Assert.StartsWith("HTTP/1.1 426 ", head, StringComparison.Ordinal);
            // RFC 6455 section 4.2.2.
            Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", head, StringComparison.OrdinalIgnoreCase);
        }

        await server.StopAsync();
    }

    [RequiresTheory]
    [InlineData("http://127.0.0.1:{port}", "101")]
    [InlineData("http://elsewhere.example", "403")]
    [InlineData("null", "403")]
    public async Task An_upgrade_from_a_page_is_taken_from_the_same_origin_only(string origin, string status)
    {
        ArgumentNullException.ThrowIfNull(origin);
        await using ServerProcess server = await app.StartAsync();
        using (RawConnection connection = await RawConnection.OpenAsync(server.Port))
        {
            string port = server.Port.ToString(null, null);
            await connection.SendAsync(
                $"""
                GET /echo HTTP/1.1
                Host: 127.0.0.1:{port}
                Origin: {origin.Replace("{port}", port, StringComparison.Ordinal)}
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13


                """.ReplaceLineEndings("\r\n").Select(character => (byte)character).ToArray());
            Assert.StartsWith($"HTTP/1.1 {status} ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        }

        await server.StopAsync();
    }
}
