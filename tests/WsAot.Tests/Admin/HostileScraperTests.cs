using WsAot.Tests.Harness;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Admin;

/// <summary>Those who speak to the admin listener as no scraper should: others are answered, and the server goes on.</summary>
public sealed class HostileScraperTests : IDisposable
{
    private const int MaxConnections = 256;
    private const int HandshakeTimeoutMs = 10_000;

    private static readonly byte[] s_request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray();

    private readonly AdminWorld _world = new();
    private readonly TestClient _echo;

    public HostileScraperTests() => _echo = _world.Server.Open("/echo");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void One_that_sends_its_request_byte_by_byte_has_its_time_and_no_more()
    {
        InMemoryPeer slow = _world.Connect();
        for (int i = 0; i < s_request.Length - 1; i++)
        {
            slow.Send(s_request.AsSpan(i, 1));
            _world.RunAdmin();
        }

        Assert.Empty(slow.Take());
        ExpectService();
        _world.Advance(HandshakeTimeoutMs + 100);
        Assert.Equal(408, Response.Parse(slow.Take()).StatusCode);
        ExpectService();
        slow.Reset();
    }

    [Fact]
    public void One_that_is_slow_but_in_time_is_answered()
    {
        InMemoryPeer slow = _world.Connect();
        foreach (byte one in s_request)
        {
            slow.Send([one]);
            _world.RunAdmin();
        }

        Assert.Equal(200, Response.Parse(slow.Take()).StatusCode);
        slow.Reset();
    }

    [Fact]
    public void One_that_does_not_read_makes_one_answer_wait_and_is_reset()
    {
        InMemoryPeer deaf = _world.Connect();
        deaf.WindowBytes = 0;
        // It would like a hundred answers, all at once.
        for (int i = 0; i < 100; i++) deaf.Send(s_request);
        _world.RunAdmin();
        ExpectService();
        for (int i = 0; i < 20 && !deaf.IsClosed; i++)
        {
            _world.Advance(1000);
            ExpectService();
        }

        Assert.True(deaf.IsClosed);
        Assert.Empty(deaf.Take());
    }

    [Fact]
    public void Beside_three_hundred_that_say_nothing_a_good_one_is_answered_within_seconds()
    {
        InMemoryPeer[] crowd = [.. Enumerable.Range(0, 300).Select(_ => _world.Connect())];
        foreach (InMemoryPeer each in crowd) each.Send(s_request.AsSpan(0, 20));
        _world.RunAdmin();
        Assert.Equal(300 - MaxConnections - 32, crowd.Count(static peer => peer.IsClosed));
        Echo();
        // The few places beyond the limit are for requests that come at once: they are given up after a second, and closed after another.
        for (int i = 0; i < 5; i++) _world.Advance(1000);
        ExpectService();
        Assert.Equal(MaxConnections, crowd.Count(static peer => !peer.IsClosed && !peer.IsServerShut));
        _world.Advance(HandshakeTimeoutMs);
        Assert.All(crowd, static peer => Assert.True(peer.IsClosed || peer.IsServerShut));
        ExpectService();
        foreach (InMemoryPeer each in crowd) each.Reset();
        _world.RunAdmin();
    }

    [Fact]
    public void Three_hundred_that_do_not_read_make_room_for_others_too()
    {
        InMemoryPeer[] crowd = [.. Enumerable.Range(0, 300).Select(_ => _world.Connect())];
        foreach (InMemoryPeer each in crowd)
        {
            each.WindowBytes = 0;
            if (!each.IsClosed) each.Send(s_request);
        }

        _world.RunAdmin();
        Echo();
        for (int i = 0; i < 20; i++) _world.Advance(1000);
        Assert.All(crowd, static peer => Assert.True(peer.IsClosed));
        ExpectService();
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer wrong-token-of-some-length\r\n\r\n", 401)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer\r\n\r\n", 401)]
    [InlineData("GET /metrics?token=a-token-of-some-length HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 401)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer a-token-of-some-length\r\n"
        + "Authorization: Bearer a-token-of-some-length-2\r\n\r\n", 401)]
    [InlineData("POST /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", 405)]
    [InlineData("GET /../metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400)]
    [InlineData("GET /metrics/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404)]
    [InlineData("GET /%6Detrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 401)]
    public void Without_its_token_nobody_reads_a_metric_however_they_ask(string request, int status)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "a-token-of-some-length\n");
        using (AdminWorld world = new(options => options.AdminTokenFile = file))
        {
            Response response = world.Send(request);
            Assert.Equal(status, response.StatusCode);
            Assert.DoesNotContain("wsaot_", response.Body, StringComparison.Ordinal);
        }

        File.Delete(file);
    }

    /// <summary>A good scraper and the server's own client.</summary>
    private void ExpectService()
    {
        Assert.Equal(200, _world.Get("/metrics").StatusCode);
        Echo();
    }

    private void Echo()
    {
        _echo.Say("still here");
        for (Frame frame = _echo.Next(); frame.Opcode != 1; frame = _echo.Next()) Assert.Equal(9, frame.Opcode);
    }
}
