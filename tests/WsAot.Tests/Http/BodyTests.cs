using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Http;

public sealed class BodyTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("POST /echo-body HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("POST /echo-body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nA: b\r\n\r\n", "hello")]
    [InlineData("POST /echo-body HTTP/1.1\r\nHost: a\r\n\r\n", "")]
    [InlineData("POST /echo-body HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", "")]
    [InlineData("POST /echo-body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "")]
    public void A_body_comes_whole_byte_by_byte_and_split_at_random(string request, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(request + request + Site.Line("GET", "/hello"));
        var random = new Random(3);
        Func<int>[] sizes = [() => bytes.Length, () => 1, () => random.Next(1, 30), () => random.Next(1, 30), () => random.Next(1, 30)];
        foreach (Func<int> size in sizes)
        {
            TestClient client = _site.Connect();
            for (int at = 0; at < bytes.Length;)
            {
                int length = Math.Min(size(), bytes.Length - at);
                client.SendRaw(bytes[at..(at + length)]);
                at += length;
            }

            List<Response> responses = Site.Read(client);
            Assert.Equal([body, body, "hello "], responses.Select(static response => response.Body));
            Assert.All(responses, static response => Assert.Equal(200, response.StatusCode));
        }
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", 400)]
    [InlineData("Content-Length: 5, 5", 400)]
    [InlineData("Content-Length: +5", 400)]
    [InlineData("Content-Length: -5", 400)]
    [InlineData("Content-Length: 5a", 400)]
    [InlineData("Content-Length: 0x5", 400)]
    [InlineData("Content-Length:", 400)]
    [InlineData("Content-Length: 99999999999999999999", 400)]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked", 400)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5", 400)]
    [InlineData("Transfer-Encoding: identity", 400)]
    [InlineData("Transfer-Encoding: chunked, identity", 400)]
    [InlineData("Transfer-Encoding: xchunked", 400)]
    [InlineData("Transfer-Encoding: \"chunked\"", 400)]
    [InlineData("Transfer-Encoding: gzip, chunked", 501)]
    [InlineData("Transfer-Encoding: chunked, chunked", 501)]
    [InlineData("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", 501)]
    [InlineData("Transfer-Encoding : chunked", 400)]
    [InlineData("Transfer-Encoding: chunked\n", 400)]
    [InlineData("Transfer-Encoding\t: chunked", 400)]
    [InlineData(" Transfer-Encoding: chunked", 400)]
    [InlineData("Transfer-Encoding:\r\n chunked", 400)]
    [InlineData("Transfer-Encoding: \x0b" + "chunked", 400)]
    public void A_request_with_two_readings_of_its_length_is_refused_and_no_second_one_is_read(string header, int statusCode)
    {
        TestClient client = _site.Connect();
        Response response = Assert.Single(
            Site.Ask(client, $"POST /echo-body HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n0\r\n\r\n" + Site.Line("GET", "/hello")));
        Assert.Equal((statusCode, "close"), (response.StatusCode, response["Connection"]));
        Assert.True(client.Peer.IsServerShut);
        Assert.Empty(_site.Bodies);
        Assert.Empty(Site.Ask(client, Site.Line("GET", "/hello")));
    }

    [Theory]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello0\r\n\r\n")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 ;a\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;\n\r\nhello\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("0\r\nContent-Length : 5\r\n\r\n")]
    public void Bad_chunks_are_refused_and_no_second_request_is_read(string chunks)
    {
        TestClient client = _site.Connect();
        string request = "POST /echo-body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + Site.Line("GET", "/hello");
        Response response = Assert.Single(Site.Ask(client, request));
        Assert.Equal((400, "close"), (response.StatusCode, response["Connection"]));
        Assert.Empty(_site.Bodies);
    }

    [Fact]
    public void A_chunked_body_in_HTTP_1_0_is_refused() =>
        Assert.Equal(400, _site.Ask("POST /echo-body HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").StatusCode);

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\n0123456789", 200)]
    [InlineData("Content-Length: 11\r\n\r\n", 413)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n", 200)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n6\r\n", 413)]
    [InlineData("Expect: 100-continue\r\nContent-Length: 11\r\n\r\n", 413)]
    public void A_body_has_a_limit_that_is_checked_before_it_comes(string rest, int statusCode)
    {
        Response response = _site.Ask("POST /small HTTP/1.1\r\nHost: a\r\n" + rest);
        Assert.Equal(statusCode, response.StatusCode);
        if (statusCode == 413) Assert.Equal("close", response["Connection"]);
    }

    [Fact]
    public void A_declared_length_rents_nothing()
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("POST", "/echo-body", "Content-Length: 65536"));
        Assert.Equal(0, _site.Server.Pool.LentBytes);
        Site.Ask(client, "x");
        Assert.InRange(_site.Server.Pool.LentBytes, 1, 1024);
        client.Reset();
        Assert.Equal(0, _site.Server.Pool.LentBytes);
    }

    [Fact]
    public void Who_expects_100_gets_it_before_the_body()
    {
        TestClient client = _site.Connect();
        string head = Site.Line("POST", "/echo-body", "Content-Length: 2", "Expect: 100-continue");
        client.SendRaw(Encoding.ASCII.GetBytes(head));
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(client.Peer.Take()));
        Assert.Equal("hi", Assert.Single(Site.Ask(client, "hi")).Body);
        // Not if the body comes with the head, nor if the answer is known without it.
        Assert.Equal("hi", Assert.Single(Site.Ask(client, head + "hi")).Body);
        Assert.Equal(405, _site.Ask(Site.Line("PUT", "/echo-body", "Content-Length: 2", "Expect: 100-continue")).StatusCode);
        Assert.Equal(417, _site.Ask(Site.Line("POST", "/echo-body", "Content-Length: 2", "Expect: tea")).StatusCode);
    }

    [Fact]
    public void A_body_that_takes_too_long_is_answered_with_408()
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("POST", "/echo-body", "Content-Length: 100"));
        _site.Server.AdvanceTo(9000);
        Assert.Empty(Site.Ask(client, "x"));
        _site.Server.AdvanceTo(TestServer.AtTick(10_000) - 1);
        Assert.True(client.Peer.Received.IsEmpty);
        _site.Server.AdvanceTo(TestServer.AtTick(10_000));
        Response response = Assert.Single(Site.Read(client));
        Assert.Equal((408, "close"), (response.StatusCode, response["Connection"]));
    }

    [Fact]
    public void A_long_body_has_another_timeout_for_each_64_KiB()
    {
        using var site = new Site(static builder => builder.MapPost(
            "/long", static request => WsResponse.Text(request.Body.Length.ToString()), new WsHttpOptions { MaxBodyBytes = 1 << 20 }));
        TestClient client = site.Connect();
        Site.Ask(client, Site.Line("POST", "/long", "Content-Length: 200000"));
        for (int i = 1; i <= 3; i++)
        {
            site.Server.AdvanceTo(9000 * i);
            client.SendRaw(new byte[66_000]);
        }

        Assert.Equal("200000", Assert.Single(Site.Ask(client, new string('x', 2000))).Body);
    }

    [Theory]
    [InlineData("PUT", "/hello", 405)]
    [InlineData("POST", "/nowhere", 404)]
    [InlineData("GET", "/healthz", 200)]
    public void An_answer_before_the_body_ends_the_connection(string method, string path, int statusCode)
    {
        TestClient client = _site.Connect();
        Response response = Assert.Single(
            Site.Ask(client, Site.Line(method, path, "Content-Length: 30") + Site.Line("GET", "/hello")));
        Assert.Equal((statusCode, "close"), (response.StatusCode, response["Connection"]));
    }

    [Fact]
    public void A_client_that_goes_amid_its_body_leaves_nothing()
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("POST", "/echo-body", "Content-Length: 30") + "half");
        client.Shutdown();
        Assert.True(client.Peer.IsClosed);
        Assert.Empty(_site.Bodies);
    }
}
