using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>What a handler does to its own connection is not done to others.</summary>
public sealed class HandlerTests : IDisposable
{
    private readonly TestServer _server = new();

    private Script Script => _server.Script;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Of_a_hundred_that_throw_each_closes_its_own_connection()
    {
        Script.OnText(static (_, _) => throw new InvalidOperationException("oops"));
        TestClient other = _server.Open("/echo");
        TestClient[] clients = [.. Enumerable.Range(0, 100).Select(_ => _server.Open("/script"))];
        foreach (TestClient client in clients) client.Peer.Send(Frame.Text("x"));
        other.Say("unharmed");
        Assert.Equal("unharmed", other.NextText());
        Assert.All(clients, static client => client.ExpectClose(1011, ""));
        Assert.Equal(100, _server.Log.Errors.Count());
    }

    [Fact]
    public void One_that_blocks_for_100_ms_delays_its_loop_by_that_and_ends_nobody()
    {
        Script.OnText((connection, text) =>
        {
            _server.Time.Advance(100);
            connection.Send(text);
        });
        TestClient[] blocking = [.. Enumerable.Range(0, 100).Select(_ => _server.Open("/script"))];
        TestClient other = _server.Open("/echo");
        foreach (TestClient client in blocking) client.Peer.Send(Frame.Text("x"));
        other.Say("late");
        // A hundred of them in one batch block for ten seconds; all are served, and nobody is taken for dead.
        Assert.Equal(10_000, _server.Time.NowMs);
        Assert.Equal("late", other.NextText());
        Assert.All(blocking, static client => Assert.Equal("x", client.NextText()));
        _server.Advance(1000);
        Assert.All(blocking, static client => Assert.False(client.Peer.IsClosed));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("upgrade")]
    [InlineData("open")]
    [InlineData("close")]
    public void However_long_one_blocks_a_pong_that_has_come_meanwhile_counts(string where)
    {
        TestClient? patient = null;
        TestClient? blocking = null;
        void Block()
        {
            patient!.Peer.Send(Frame.Pong(""));
            _server.Time.Advance(60_000);
        }

        if (where != "upgrade") blocking = _server.Open("/script");
        patient = _server.Open("/echo");
        _server.Advance(20_000);
        blocking?.SendRaw(Frame.Pong(""));
        _server.Advance(TestServer.AtTick(25_000) - 20_000);
        Assert.Equal(9, patient.Next().Opcode);
        // The patient one comes first in the order of the loop: its pong is seen by the next batch.
        TestClient late = _server.Connect();
        if (where == "text") Script.OnText((_, _) => Block());
        if (where == "open") Script.OnOpen(_ => Block());
        if (where == "close") Script.OnClose((_, _) => Block());
        if (where == "upgrade")
        {
            Script.Upgrade = (_, _) =>
            {
                Block();
                return new(WsUpgrade.Accept());
            };
        }

        late.SendRaw(TestClient.UpgradeRequest("/script"));
        if (where == "text") late.Say("x");
        if (where == "close") late.Reset();
        patient.Say("still here");
        Assert.False(patient.Peer.IsClosed);
        Assert.Contains(patient.Drain(), static frame => frame.Utf8 == "still here");
    }

    [Fact]
    public void One_that_never_completes_holds_its_own_connection_only_and_bounded_input()
    {
        Script.Text = (_, _) => Script.Gate.PassAsync();
        TestClient[] stuck = [.. Enumerable.Range(0, 20).Select(_ => _server.Open("/script"))];
        TestClient other = _server.Open("/echo");
        long before = _server.Pool.LentBytes;
        for (int i = 0; i < 10; i++)
        {
            foreach (TestClient client in stuck) client.Peer.Send(Wire.Repeat(Frame.Text(new string('x', 10_000)), 20));
        }

        other.Say("served");
        Assert.Equal("served", other.NextText());
        // A mebibyte may wait for each, in a buffer of up to twice that, and what came with the last of it.
        Assert.InRange(_server.Pool.LentBytes - before, 0, stuck.Length * ((2L << 20) + (1 << 18)));
        Assert.Equal(20, Script.Gate.WaitingCount);
        // A peer whose input waits unread is not seen to go, so that nothing of what it sent is lost; the handler is the one to end.
        foreach (TestClient client in stuck) client.Peer.Reset();
        while (Script.Gate.WaitingCount > 0) _server.LetOneGo();
        Assert.Equal(1, _server.Server.ConnectionCount);
    }
}
