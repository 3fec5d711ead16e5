using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary>
/// Output that was accepted goes out as long as the peer takes it, whoever began the end. The peer here has a window of 4 KiB and takes
/// 2,000 bytes a second, or less than it must.
/// </summary>
public sealed class SlowCloseTests : IDisposable
{
    private const int Total = 100_000;

    private readonly TestServer _server = new(static options =>
    {
        options.MaxPendingOutputBytes = 2 * Total;
        options.DrainTimeoutMs = 200_000;
    });

    private Script Script => _server.Script;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("the application", "close 1000 '' clean")]
    [InlineData("the application's policy", "close 1000 '' clean")]
    [InlineData("the peer", "close 1000 '' clean")]
    [InlineData("the peer's FIN", "close 1006 '' unclean")]
    [InlineData("an error of the peer", "close 1002 'A reserved bit is set without an extension that defines it.' unclean")]
    [InlineData("the stop of the server", "close 1000 '' clean")]
    public void All_that_was_sent_before_arrives(string who, string end)
    {
        TestClient client = OpenAndFill(who);
        var received = new List<byte>();
        while (!client.Peer.IsServerShut && !client.Peer.IsClosed && received.Count < Total + 200)
        {
            received.AddRange(client.Peer.Take(2000));
            _server.Advance(1000);
            // The answer comes when the peer has read so far.
            if (received.Count >= Total && client.Peer.Received.IsEmpty && who.StartsWith("the app", StringComparison.Ordinal)) break;
            if (received.Count >= Total && client.Peer.Received.IsEmpty && who == "the stop of the server") break;
        }

        received.AddRange(client.Peer.Take());
        Assert.False(client.Peer.IsReset);
        Assert.Equal(Total, received.Count(static one => one == 'Z'));
        client.SendRaw(Frame.Close(1000));
        client.Shutdown();
        _server.Advance(10);
        Assert.True(client.Peer.IsClosed && !client.Peer.IsReset);
        Assert.Equal(end, _server.Journal[^1]);
    }

    [Theory]
    [InlineData("the application")]
    [InlineData("the peer")]
    [InlineData("the peer's FIN")]
    [InlineData("an error of the peer")]
    public void A_peer_that_takes_it_a_byte_at_a_time_is_reset(string who)
    {
        TestClient client = OpenAndFill(who);
        for (int i = 0; i < 60 && !client.Peer.IsClosed; i++)
        {
            client.Peer.Take(100);
            _server.Advance(1000);
        }

        Assert.True(client.Peer.IsReset);
        Assert.InRange(_server.Time.NowMs, 5000, 6100);
    }

    [Fact]
    public void A_page_arrives_too()
    {
        string page = new('x', Total);
        using var server = new TestServer(build: builder => builder.AddPage("/page", "text/html", Encoding.UTF8.GetBytes(page)));
        TestClient client = server.Connect();
        client.Peer.WindowBytes = 4096;
        client.SendRaw("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        var received = new List<byte>();
        while (!client.Peer.IsClosed && server.Time.NowMs < 200_000)
        {
            received.AddRange(client.Peer.Take(2000));
            server.Advance(1000);
        }

        string text = Encoding.ASCII.GetString([.. received]);
        Assert.Equal(page, text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.False(client.Peer.IsReset);
    }

    [Fact]
    public void A_peer_that_has_all_in_its_window_and_reads_it_late_is_not_reset()
    {
        Script.OnText(static (connection, text) => connection.Close(1000, text));
        TestClient client = _server.Open("/script");
        client.Say("bye");
        // The other end's system has acknowledged it; the program has not looked.
        byte[] frame = client.Peer.Take();
        _server.Advance(20_000);
        Assert.True(client.Peer.IsClosed && !client.Peer.IsReset);
        Assert.Equal(0x88, frame[0]);
    }

    private TestClient OpenAndFill(string who)
    {
        Script.OnText(static (connection, text) =>
        {
            for (int i = 0; i < 10; i++) connection.Send(new string('Z', Total / 10));
            if (text == "the application") connection.Close();
            if (text == "the application's policy") connection.Close(1008, "enough");
        });
        TestClient client = _server.Open("/script");
        client.Peer.WindowBytes = 4096;
        client.Say(who);
        if (who == "the peer") client.SendRaw(Frame.Close(1000));
        if (who == "the peer's FIN") client.Shutdown();
        if (who == "an error of the peer") client.SendRaw([0xC1, 0x80]);
        if (who == "the stop of the server") _ = _server.Server.StopAsync();
        _server.Run();
        return client;
    }
}
