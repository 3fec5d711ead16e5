using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>Wherever a peer stops, it leaves nothing behind: no place, no buffer, and OnClose comes once.</summary>
public sealed class EndingTests : IDisposable
{
    private readonly TestServer _server = new(static options =>
        (
            options.MaxConnections,
            options.MaxPendingInputBytes,
            options.MaxPendingOutputBytes,
            options.Compression) = (1, 1000, 1000, WsCompression.Dedicated));

    private Script Script => _server.Script;

    public void Dispose() => _server.Dispose();

    public static TheoryData<string, string> Ends
    {
        get
        {
            string[] steps =
            [
                "connected", "in the head", "OnUpgrade is pending", "open", "in a header", "in a payload", "in a compressed payload",
                "between fragments",
                "in a ping", "a handler is pending", "the inbox is full", "the output is full", "the server has closed",
                "the peer has closed", "an error was made",
            ];
            var ends = new TheoryData<string, string>();
            foreach (string step in steps)
            {
                foreach (string end in (string[])["fin", "reset", "silence"]) ends.Add(step, end);
            }

            return ends;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_peer_that_ends_leaves_nothing(string step, string end)
    {
        long before = _server.Pool.LentBytes;
        TestClient client = _server.Connect();
        byte[] request = TestClient.UpgradeRequest("/script", Wire.Deflate);
        if (step == "in the head") client.SendRaw(request[..50]);
        if (step == "OnUpgrade is pending")
        {
            Script.Upgrade = async (_, _) =>
            {
                await Script.Gate.PassAsync();
                return WsUpgrade.Accept();
            };
            client.SendRaw(request);
        }

        bool isOpen = step is not ("connected" or "in the head" or "OnUpgrade is pending");
        if (isOpen)
        {
            client.SendRaw(request);
            Assert.Equal(101, client.ReadResponse().StatusCode);
            Act(step, client);
        }

        if (end == "fin") client.Shutdown();
        if (end == "reset") client.Reset();
        // Silence: not even its kernel answers.
        client.Peer.WindowBytes = 0;
        // Where reading has paused for a handler the peer cannot be judged, nor its end be seen, until the handler has ended.
        if (step == "the inbox is full")
        {
            _server.Advance(100_000);
            while (Script.Gate.WaitingCount > 0) _server.LetOneGo();
        }

        _server.Advance(100_000);
        Assert.True(client.Peer.IsClosed, "its connection is still there");
        Assert.Equal(0, _server.Server.ConnectionCount);
        while (Script.Gate.WaitingCount > 0) _server.LetOneGo();
        Assert.Equal(before, _server.Pool.LentBytes);
        Assert.Equal(isOpen ? 1 : 0, _server.Journal.Count(static line => line.StartsWith("close ", StringComparison.Ordinal)));
        if (isOpen) Assert.StartsWith("close ", _server.Journal[^1], StringComparison.Ordinal);
        // Its place is free: there is only one.
        _server.Open("/echo");
    }

    private void Act(string step, TestClient client)
    {
        byte[] compressed = Frame.Masked(2, Wire.Compress(new byte[5000]), rsv: 4);
        switch (step)
        {
            case "in a header":
                client.SendRaw([0x82, 0xFE, 1]);
                break;
            case "in a payload":
                client.SendRaw(Frame.Binary(new byte[600])[..^1]);
                break;
            case "in a compressed payload":
                client.SendRaw([.. compressed, .. compressed[..^1]]);
                break;
            case "between fragments":
                client.SendRaw(Frame.Text("a", fin: false));
                break;
            case "in a ping":
                client.SendRaw([.. Frame.Text("a", fin: false), .. Frame.Ping("abc")[..^1]]);
                break;
            case "a handler is pending":
                Script.Binary = (_, _) => Script.Gate.PassAsync();
                client.SendRaw(Frame.Binary([1]), Frame.Binary([2]));
                break;
            case "the inbox is full":
                Script.EchoThroughGate();
                client.SendRaw(Wire.Repeat(Frame.Text(new string('x', 100)), 50));
                break;
            case "the output is full":
                client.Peer.WindowBytes = 0;
                Script.OnText(static (connection, text) => connection.Send(text));
                client.SendRaw(Wire.Repeat(Frame.Text(new string('x', 200)), 100));
                break;
            case "the server has closed":
                _server.Server.GetConnections()[0].Close(4000);
                _server.Run();
                break;
            case "the peer has closed":
                client.SendRaw(Frame.Close(1000));
                break;
            case "an error was made":
                client.SendRaw([0xFF, 0xFF]);
                break;
        }
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("pinging")]
    [InlineData("in the middle of a message")]
    public void A_peer_that_never_answers_close_is_ended_in_time_whatever_it_does_instead(string how)
    {
        Script.OnText(static (connection, _) => connection.Close(4000));
        TestClient client = _server.Open("/script");
        client.Say("go");
        client.ExpectClose(4000);
        while (_server.Time.NowMs < 5000)
        {
            if (how == "pinging") client.SendRaw(Frame.Ping("still here"), Frame.Text("and talking"));
            if (how == "in the middle of a message") client.SendRaw(Frame.Text("x", fin: false)[..1]);
            if (how == "in the middle of a message") how = "silent";
            Assert.False(client.Peer.IsClosed);
            _server.Advance(100);
        }

        _server.AdvanceTo(TestServer.AtTick(5000));
        Assert.True(client.Peer.IsClosed);
        Assert.Equal(["open", "text go", "close 4000 '' unclean"], _server.Journal);
    }
}
