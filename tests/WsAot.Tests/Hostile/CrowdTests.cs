using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

public sealed class CrowdTests
{
    private const int Each = 1000;

    [Fact]
    public void A_thousand_of_each_kind_at_once_hold_bounded_memory_and_an_honest_client_is_served()
    {
        using var server = new TestServer(static options =>
            (
                options.Compression,
                options.MaxPendingInputBytes,
                options.MaxPendingOutputBytes) = (WsCompression.Shared, 16 * 1024, 16 * 1024));
        server.Script.Text = (_, _) => server.Script.Gate.PassAsync();
        TestClient honest = server.Open("/echo");
        long before = server.Pool.LentBytes;
        byte[] bomb = Frame.Masked(2, Wire.Compress(new byte[4 << 20]), rsv: 4);
        byte[] pings = Wire.Repeat(Frame.Ping(new string('p', 125)), 200);
        byte[] echoes = Wire.Repeat(Frame.Binary(new byte[1000]), 60);
        byte[] stuck = Wire.Repeat(Frame.Text(new string('x', 500)), 60);
        byte[] empty = [.. Frame.Text("", fin: false), .. Wire.Repeat(Frame.Continuation("", fin: false), 1000)];
        var crowd = new List<TestClient>();
        for (int i = 0; i < Each; i++) crowd.Add(Connect(TestClient.UpgradeRequest("/echo")[..^1]));
        Open("/echo", Wire.Header(0x82, 65_536));
        Open("/echo", empty);
        Open("/echo", pings, isReading: false);
        Open("/echo", echoes, isReading: false);
        Open("/script", stuck);
        Open("/echo", bomb);
        Open("/echo", [0x82, 0xFF, 0xFF]);
        for (int round = 0; round < 20; round++)
        {
            server.Transport.RunBatch();
            honest.Peer.Send(Frame.Text($"{round}"));
            server.Transport.RunBatch();
            Assert.Equal($"{round}", honest.NextText());
        }

        server.Run();
        // Two kinds let output wait, the limit and a piece of it; one of them input as well, and one for its handler: the limit, in a
        // buffer of up to twice the size, and what was set aside of one read. Of the others each holds less than a KiB.
        long most = Each * ((2L * 32 * 1024) + (2L * ((32 * 1024) + TestServer.ReceiveBufferBytes)) + (5L * 1024));
        Assert.InRange(server.Pool.PeakBytes - before, 1, most);
        Assert.Equal(Each, server.Script.Gate.WaitingCount);
        server.Script.Text = null;
        foreach (TestClient client in crowd) client.Peer.Reset();
        server.Run();
        while (server.Script.Gate.WaitingCount > 0) server.Script.Gate.LetOneGo();
        server.Run();
        Assert.InRange(server.Pool.LentBytes - before, 0, 70_000);

        TestClient Connect(byte[] bytes)
        {
            var client = new TestClient(server, server.Transport.Connect());
            client.Peer.Send(bytes);
            return client;
        }

        void Open(string path, byte[] bytes, bool isReading = true)
        {
            TestClient[] clients = [.. Enumerable.Range(0, Each).Select(_ => Connect(TestClient.UpgradeRequest(path, Wire.Deflate)))];
            server.Transport.RunBatch();
            foreach (TestClient client in clients)
            {
                Assert.False(client.Peer.Received.IsEmpty);
                if (!isReading) client.Peer.WindowBytes = client.Peer.Received.Length;
                client.Peer.Send(bytes);
            }

            crowd.AddRange(clients);
        }
    }
}
