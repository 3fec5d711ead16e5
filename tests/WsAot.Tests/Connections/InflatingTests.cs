using WsAot.Loops;
using WsAot.Tests.Harness;
using WsAot.Tests.Hostile;

namespace WsAot.Tests.Connections;

/// <summary>
/// A message of kilobytes that becomes megabytes is honest within the message limit. It is inflated a part in a turn, and one of a loop at
/// a time.
/// </summary>
public sealed class InflatingTests : IDisposable
{
    private const int Large = 2 << 20;
    private const int Parts = Large / TurnCosts.MaxInflatedBytes;

    private TestServer _server = Create(WsCompression.Shared);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(WsCompression.Shared)]
    [InlineData(WsCompression.Dedicated)]
    public void A_message_that_repeats_itself_passes_up_to_the_limit(WsCompression compression)
    {
        Restart(compression);
        TestClient client = _server.Open("/script", Wire.Deflate);
        client.SendRaw([.. Zeros(Large), .. Frame.Text("next")]);
        Assert.Equal(["open", $"binary {Large}", "text next"], _server.Journal);
        client.SendRaw(Zeros(Large), Zeros(100), Zeros(Large + 1));
        Assert.Equal([$"binary {Large}", "binary 100"], _server.Journal[3..5]);
        client.ExpectClose(1009, $"The message is larger than {Large} bytes.");
    }

    [Fact]
    public void Text_is_checked_when_all_of_it_is_there()
    {
        TestClient client = _server.Open("/script", Wire.Deflate);
        byte[] text = new byte[Large];
        text.AsSpan().Fill((byte)'x');
        client.SendRaw(Frame.Masked(1, Wire.Compress(text), rsv: 4));
        Assert.Equal("text " + new string('x', Large), _server.Journal[^1]);
        text[^1] = 0xFF;
        client.SendRaw(Frame.Masked(1, Wire.Compress(text), rsv: 4));
        client.ExpectClose(1007);
    }

    [Fact]
    public void Others_are_served_after_each_part()
    {
        TestClient client = _server.Open("/script", Wire.Deflate);
        TestClient honest = _server.Open("/echo", Wire.Deflate);
        client.Peer.Send(Zeros(Large));
        for (int part = 1; part < Parts; part++)
        {
            // The other one's are compressed too, with the decompressor that the loop shares.
            honest.Peer.Send(Frame.Masked(1, Wire.Compress("in between"u8.ToArray()), rsv: 4));
            _server.Transport.RunBatch();
            Assert.Equal("in between", honest.NextText());
            Assert.Equal(["open"], _server.Journal);
        }

        _server.Run();
        Assert.Equal(["open", $"binary {Large}"], _server.Journal);
    }

    [Fact]
    public void One_at_a_time_goes_beyond_its_first_part_and_all_come_in_order()
    {
        const int Count = 50;
        TestClient[] clients = [.. Enumerable.Range(0, Count).Select(_ => _server.Open("/script", Wire.Deflate))];
        byte[] message = Zeros(Large);
        (_server.Pool.PeakBytes, long before) = (_server.Pool.LentBytes, _server.Pool.LentBytes);
        foreach (TestClient client in clients) client.Peer.Send(message);
        _server.Run();
        Assert.Equal(Count, _server.Journal.Count(static line => line == $"binary {Large}"));
        Assert.InRange(_server.Pool.PeakBytes - before, Large, (3 * Large) + (Count * (TurnCosts.MaxInflatedBytes + 8192)));
        Assert.All(clients, static client => client.ExpectNothing());
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("aborted")]
    [InlineData("closed by the server")]
    [InlineData("stopped")]
    public void When_one_ends_within_its_message_the_next_goes_on(string how)
    {
        TestClient first = _server.Open("/script", Wire.Deflate);
        TestClient second = _server.Open("/script", Wire.Deflate);
        WsConnection connection = _server.Server.GetConnections().MinBy(static each => each.Id)!;
        first.Peer.Send(Zeros(Large));
        _server.Transport.RunBatch();
        second.Peer.Send(Zeros(Large - 1));
        for (int i = 0; i < 3; i++) _server.Transport.RunBatch();
        if (how == "reset") first.Peer.Reset();
        if (how == "aborted") connection.Abort();
        if (how == "closed by the server") connection.Close();
        if (how == "stopped") _server.Server.StopAsync();
        _server.Run();
        // What had come before a reset is handled; the other messages are dropped.
        Assert.Equal(how == "reset", _server.Journal.Contains($"binary {Large}"));
        if (how == "stopped") second.ExpectClose(1001);
        else Assert.Contains($"binary {Large - 1}", _server.Journal);
        first.Reset();
        second.Reset();
        _server.Advance(100);
    }

    [Fact]
    public void One_whose_output_waits_finishes_its_message_and_lets_the_next_go_on()
    {
        TestClient first = _server.Open("/script", Wire.Deflate);
        byte[] noise = new byte[4 << 20];
        new Random(1).NextBytes(noise);
        _server.Script.OnText((connection, _) => connection.SendBinary(noise));
        first.Peer.WindowBytes = 0;
        first.Peer.Send([.. Frame.Text("fill"), .. Zeros(Large)]);
        _server.Run();
        TestClient second = _server.Open("/script", Wire.Deflate);
        second.SendRaw(Zeros(Large - 1));
        Assert.Equal(["open", "text fill", "open", $"binary {Large - 1}"], _server.Journal);
        first.Peer.WindowBytes = int.MaxValue;
        _server.Run();
        Assert.Equal($"binary {Large}", _server.Journal[^1]);
    }

    [Fact]
    public void One_whose_queue_used_up_its_turn_goes_on_all_the_same()
    {
        // Messages of exactly two turns wait for the handler while the message behind them is being inflated.
        _server.Script.Text = (_, _) => _server.Script.Gate.PassAsync();
        TestClient first = _server.Open("/script", Wire.Deflate);
        TestClient second = _server.Open("/script", Wire.Deflate);
        byte[] half = Frame.Masked(2, new byte[TurnCosts.MaxInflatedBytes / 2]);
        first.Peer.Send(Frame.Text("busy"));
        for (int i = 0; i < 4; i++) first.Peer.Send(half);
        first.Peer.Send(Zeros(Large));
        while (!_server.Server.GetConnections().Any(static each => each.Session.IsInflating)) _server.Transport.RunBatch();
        _server.LetOneGo();
        second.SendRaw(Zeros(Large - 1));
        Assert.Contains($"binary {Large}", _server.Journal);
        Assert.Contains($"binary {Large - 1}", _server.Journal);
    }

    [Fact]
    public void The_payload_stays_as_it_is_when_the_handler_drops_the_connection()
    {
        TestClient client = _server.Open("/aborter", Wire.Deflate);
        TestClient other = _server.Open("/script", Wire.Deflate);
        client.Peer.Send(Zeros(Large));
        _server.Transport.RunBatch();
        // The loop makes itself another decompressor while the first is taken.
        other.SendRaw(Zeros(100));
        Assert.Equal($"{Large} bytes, zeros only: True", _server.Journal[^1]);
    }

    [Theory]
    [InlineData(WsCompression.Shared)]
    [InlineData(WsCompression.Dedicated)]
    public void After_a_large_message_a_connection_keeps_no_buffer(WsCompression compression)
    {
        Restart(compression);
        TestClient[] clients = [.. Enumerable.Range(0, 10).Select(_ => _server.Open("/echo", Wire.Deflate))];
        long before = _server.Pool.LentBytes;
        foreach (TestClient client in clients) client.SendRaw(Zeros(Large));
        // The loop's own compressor and decompressor may keep one of 64 KiB each.
        Assert.InRange(_server.Pool.LentBytes - before, 0, 2 * 64 * 1024);
    }

    private static byte[] Zeros(int count) => Frame.Masked(2, Wire.Compress(new byte[count]), rsv: 4);

    private static TestServer Create(WsCompression compression) =>
        new(options => (options.Compression, options.MaxMessageBytes) = (compression, Large));

    private void Restart(WsCompression compression)
    {
        _server.Dispose();
        _server = Create(compression);
    }
}
