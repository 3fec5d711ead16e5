using WsAot.Loops;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>Messages that are small on the wire and huge behind it.</summary>
public sealed class DeflateBombTests
{
    private const int MaxMessageBytes = 64 * 1024;

    [Theory]
    [InlineData(WsCompression.Shared, MaxMessageBytes)]
    [InlineData(WsCompression.Dedicated, MaxMessageBytes)]
    [InlineData(WsCompression.Shared, 4 << 20)]
    [InlineData(WsCompression.Dedicated, 4 << 20)]
    public void Two_hundred_bombs_at_once_close_with_1009_and_leave_nothing(WsCompression compression, int maxMessageBytes)
    {
        using var server = new TestServer(options => (options.Compression, options.MaxMessageBytes) = (compression, maxMessageBytes));
        byte[] bomb = Frame.Masked(2, Wire.Compress(new byte[32 << 20]), rsv: 4);
        Assert.InRange(bomb.Length, 1, 40_000);
        TestClient honest = server.Open("/echo");
        TestClient[] clients = [.. Enumerable.Range(0, 200).Select(_ => server.Open("/echo", Wire.Deflate))];
        (server.Pool.PeakBytes, long before) = (server.Pool.LentBytes, server.Pool.LentBytes);
        foreach (TestClient client in clients) client.Peer.Send(bomb);
        honest.Peer.Send(Frame.Text("unharmed"));
        server.Run();
        Assert.All(clients, static client => client.ExpectClose(1009));
        Assert.Equal("unharmed", honest.NextText());
        // One is inflated at a time to the limit, and twice that while the buffer grows; the others wait after their first part.
        const int Part = TurnCosts.MaxInflatedBytes;
        long parts = maxMessageBytes <= Part ? 0 : clients.Length * (Part + bomb.Length + 1024L);
        Assert.InRange(server.Pool.PeakBytes - before, 1, (4L * maxMessageBytes) + (2 * parts));
        Assert.InRange(server.Pool.LentBytes - before, 0, MaxMessageBytes + 1024);
    }

    [Theory]
    [InlineData(WsCompression.Shared)]
    [InlineData(WsCompression.Dedicated)]
    public void A_bomb_in_fragments_is_no_smaller(WsCompression compression)
    {
        using var server = new TestServer(options => options.Compression = compression);
        TestClient client = server.Open("/echo", Wire.Deflate);
        byte[] bomb = Wire.Compress(new byte[1 << 19]);
        Assert.InRange(bomb.Length, 500, 1000);
        client.SendRaw(Frame.Masked(2, bomb[..10], fin: false, rsv: 4));
        foreach (byte one in bomb[10..^1]) client.Peer.Send(Frame.Masked(0, [one], fin: false));
        client.SendRaw(Frame.Masked(0, bomb[^1..]));
        client.ExpectClose(1009);
    }

    [Theory]
    [InlineData(WsCompression.Shared)]
    [InlineData(WsCompression.Dedicated)]
    public void A_thousand_small_bombs_in_one_piece_wait_within_the_limit_of_input_and_none_is_lost(WsCompression compression)
    {
        const int MaxPendingInputBytes = 256 * 1024;
        using var server =
            new TestServer(options => (options.Compression, options.MaxPendingInputBytes) = (compression, MaxPendingInputBytes));
        server.Script.Binary = (_, _) => server.Script.Gate.PassAsync();
        TestClient client = server.Open("/script", Wire.Deflate);
        // Each is as large as a message may be, and they all come with one read.
        byte[] bomb = Frame.Masked(2, Wire.Compress(new byte[MaxMessageBytes]), rsv: 4);
        int count = (TestServer.ReceiveBufferBytes - 100) / bomb.Length;
        Assert.InRange(count, 200, 1000);
        (server.Pool.PeakBytes, long before) = (server.Pool.LentBytes, server.Pool.LentBytes);
        client.SendRaw([.. Wire.Repeat(bomb, count), .. Frame.Text("last")]);
        for (int i = 0; i < count; i++) server.LetOneGo();
        // The inbox with one message more than its limit, its double while it grows, what was set aside, and what the handler holds.
        Assert.InRange(server.Pool.PeakBytes - before, MaxPendingInputBytes, 4 * (MaxPendingInputBytes + (3 * MaxMessageBytes)));
        Assert.Equal(["open", .. Enumerable.Repeat($"binary {MaxMessageBytes}", count), "text last"], server.Journal);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("closed by the server")]
    [InlineData("closed by both")]
    [InlineData("broken")]
    public void A_connection_that_ends_with_input_set_aside_gives_it_back(string how)
    {
        using var server = new TestServer(static options => options.MaxPendingInputBytes = 1000);
        server.Script.EchoThroughGate();
        TestClient client = server.Open("/script");
        byte[] tail = how == "broken" ? [0xFF, 0xFF] : how == "closed by both" ? Frame.Close(4001) : Frame.Text("last");
        client.SendRaw([.. Wire.Repeat(Frame.Text(new string('x', 100)), 100), .. tail]);
        Assert.Equal(["open", "text " + new string('x', 100)], server.Journal);
        if (how == "reset") client.Reset();
        if (how.StartsWith("closed", StringComparison.Ordinal)) server.Server.GetConnections()[0].Close(4000);
        server.Run();
        while (server.Script.Gate.WaitingCount > 0) server.LetOneGo();
        List<Frame> frames = client.Drain();
        if (how == "broken") Assert.Equal(1002, frames[^1].CloseCode);
        if (how == "closed by both") Assert.True(client.Peer.IsServerShut);
        client.Shutdown();
        server.Advance(6000);
        Assert.True(client.Peer.IsClosed);
        string last = how switch
        {
            "reset" => "1006 '' unclean",
            "broken" => "1002",
            "closed by both" => "4001 '' clean",
            _ => "4000 '' unclean",
        };
        Assert.StartsWith("close " + last, server.Journal[^1], StringComparison.Ordinal);
    }
}
