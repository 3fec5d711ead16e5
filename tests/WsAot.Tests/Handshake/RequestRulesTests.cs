using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

/// <summary>
/// What RFC 9110 and RFC 9112 demand of a request holds for all of them: a page, OPTIONS and an upgrade. Where the three differ, the rule
/// says so.
/// </summary>
public sealed class RequestRulesTests : IDisposable
{
    private const string Upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private readonly TestServer _server = new(build: static builder => builder.AddPage("/", "text/plain", "page"u8.ToArray()));

    public void Dispose() => _server.Dispose();

    [Theory]
    // RFC 9112 section 3.2: exactly one Host, which is a host and a port. An empty one is for requests that name no authority.
    [InlineData("Host: a", 200, 200, 101)]
    [InlineData("Host: a:80", 200, 200, 101)]
    [InlineData("", 400, 400, 400)]
    [InlineData("Host:", 200, 200, 400)]
    [InlineData("Host: a\r\nHost: a", 400, 400, 400)]
    [InlineData("Host: a\r\nHost: b", 400, 400, 400)]
    [InlineData("Host: a b", 400, 400, 400)]
    [InlineData("Host: a, b", 400, 400, 400)]
    [InlineData("Host: a:x", 400, 400, 400)]
    [InlineData("Host: a:65536", 400, 400, 400)]
    [InlineData("Host: u@a", 400, 400, 400)]
    [InlineData("Host: http://a", 400, 400, 400)]
    [InlineData("Host: a/b", 400, 400, 400)]
    // RFC 9110 section 8.6, RFC 9112 section 6.3: one length, in digits. A handshake has no body (RFC 6455 section 4.1).
    [InlineData("Host: a\r\nContent-Length: 0", 200, 200, 101)]
    [InlineData("Host: a\r\nContent-Length: 5", 200, 200, 400)]
    [InlineData("Host: a\r\nContent-Length: 5\r\nContent-Length: 5", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: 5\r\nContent-Length: 6", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: 5, 5", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: 0, 0", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length:", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: +0", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: -1", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: 1 0", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: 0x0", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: 18446744073709551616", 400, 400, 400)]
    [InlineData("Host: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked", 400, 400, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5", 400, 400, 400)]
    // RFC 9112 sections 6.1 and 6.3: the last coding is chunked; others may be refused with 501.
    [InlineData("Host: a\r\nTransfer-Encoding: chunked", 200, 200, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding: Chunked", 200, 200, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding:", 400, 400, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding: xchunked", 400, 400, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding: chunked, gzip", 400, 400, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding: gzip, chunked", 501, 501, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked", 501, 501, 400)]
    [InlineData("Host: a\r\nTransfer-Encoding: chunked, chunked", 501, 501, 400)]
    // RFC 9112 sections 2.2, 5.1 and 5.2: lines and what may stand in them.
    [InlineData("Host: a\r\nX: a\r\n b", 400, 400, 400)]
    [InlineData("Host: a\r\n X: a", 400, 400, 400)]
    [InlineData("Host: a\nX: a", 400, 400, 400)]
    [InlineData("Host: a\r\nX: a\rb", 400, 400, 400)]
    [InlineData("Host: a\r\nX: a\0b", 400, 400, 400)]
    [InlineData("Host: a\r\nX : a", 400, 400, 400)]
    [InlineData("Host : a", 400, 400, 400)]
    [InlineData("Host: a\r\n: a", 400, 400, 400)]
    [InlineData("Host: a\r\nX", 400, 400, 400)]
    [InlineData("Host: a\r\nX:\t a \t", 200, 200, 101)]
    public void Headers_get_one_answer_whatever_is_asked(string headers, int page, int options, int upgrade)
    {
        if (headers.Length > 0) headers += "\r\n";
        Assert.Equal(
            (page, options, upgrade),
            (Ask($"GET / HTTP/1.1\r\n{headers}\r\n"),
                Ask($"OPTIONS / HTTP/1.1\r\n{headers}\r\n"),
                Ask($"GET /echo HTTP/1.1\r\n{headers}{Upgrade}\r\n")));
    }

    [Theory]
    // RFC 9112 section 3.2.2: the host of an absolute target counts, not the header's; user information is forbidden (RFC 9110 4.2.4).
    [InlineData("GET http://other/{0} HTTP/1.1\r\nHost: a", 200, 101)]
    [InlineData("GET http://user@other/{0} HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("GET http:///{0} HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("GET ftp://other/{0} HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("GET http://other/{0} HTTP/1.1", 400, 400)]
    // Section 3.2.3: the authority form is for CONNECT only, which is a proxy's. Section 3.2.4: the asterisk is for OPTIONS.
    [InlineData("GET other:80 HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("CONNECT other:80 HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("GET * HTTP/1.1\r\nHost: a", 400, 400)]
    // RFC 3986 section 3.5: a fragment is not sent.
    [InlineData("GET /{0}#top HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("GET {0} HTTP/1.1\r\nHost: a", 400, 400)]
    // RFC 9110 section 7.8: no upgrade in HTTP/1.0. A host is not needed there, but if it comes it must be good.
    [InlineData("GET /{0} HTTP/1.0\r\nHost: a", 200, 426)]
    [InlineData("GET /{0} HTTP/1.0", 200, 426)]
    [InlineData("GET /{0} HTTP/1.0\r\nHost: a b", 400, 400)]
    [InlineData("GET /{0} HTTP/1.0\r\nTransfer-Encoding: chunked", 400, 400)]
    [InlineData("GET /{0} HTTP/1.2\r\nHost: a", 200, 101)]
    [InlineData("GET /{0} HTTP/2.0\r\nHost: a", 505, 505)]
    [InlineData("GET /{0} HTTP/3\r\nHost: a", 400, 400)]
    [InlineData("GET /{0}\r\nHost: a", 400, 400)]
    [InlineData("GET /{0} http/1.1\r\nHost: a", 400, 400)]
    // RFC 9110 section 9.1: methods are case-sensitive.
    [InlineData("get /{0} HTTP/1.1\r\nHost: a", 405, 405)]
    [InlineData("POST /{0} HTTP/1.1\r\nHost: a", 405, 405)]
    [InlineData("GET  /{0} HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("GET /{0}  HTTP/1.1\r\nHost: a", 400, 400)]
    [InlineData("GET\t/{0} HTTP/1.1\r\nHost: a", 400, 400)]
    public void So_do_request_lines(string head, int page, int upgrade)
    {
        string Head(string path) => head.Replace("{0}", path, StringComparison.Ordinal);
        Assert.Equal((page, upgrade), (Ask($"{Head("")}\r\n\r\n"), Ask($"{Head("echo")}\r\n{Upgrade}\r\n")));
    }

    [Theory]
    [InlineData(2048, 404)]
    [InlineData(2049, 414)]
    public void A_path_may_be_so_long(int pathBytes, int statusCode)
    {
        string path = "/" + new string('a', pathBytes - 1);
        Assert.Equal(statusCode, Ask($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal(statusCode, Ask($"OPTIONS {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal(statusCode, Ask($"GET {path}?{path} HTTP/1.1\r\nHost: a\r\n{Upgrade}\r\n"));
    }

    [Fact]
    public void A_query_may_be_longer() =>
        Assert.Equal(101, Ask($"GET /echo?{new string('a', 8000)} HTTP/1.1\r\nHost: a\r\n{Upgrade}\r\n"));

    private int Ask(string request)
    {
        TestClient client = _server.Connect();
        client.SendRaw(Encoding.UTF8.GetBytes(request));
        return client.ReadResponse().StatusCode;
    }
}
