using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>What is declared costs nothing; what comes is counted, in bytes and in pieces.</summary>
public sealed class LengthTests : IDisposable
{
    private TestServer _server = new(static options => options.MaxFragments = int.MaxValue);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(0x81, long.MaxValue, 1009)]
    [InlineData(0x82, long.MaxValue, 1009)]
    [InlineData(0x02, 1L << 32, 1009)]
    [InlineData(0x82, (1L << 32) + 5, 1009)]
    [InlineData(0x82, (1L << 31) - 1, 1009)]
    [InlineData(0x82, 65_537, 1009)]
    [InlineData(0x82, -1, 1002)]
    [InlineData(0x81, long.MinValue, 1002)]
    [InlineData(0x89, 65_536, 1002)]
    [InlineData(0x82, 65_535, 1002)]
    public void A_length_of_64_bits_is_judged_before_any_data_comes(byte first, long length, ushort code)
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw(Wire.Header(first, length));
        client.ExpectClose(code);
        client.Shutdown();
    }

    [Fact]
    public void A_second_fragment_that_would_overflow_the_sum_is_too_big()
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw(Frame.Binary(new byte[100], fin: false), Wire.Header(0x80, long.MaxValue - 50));
        client.ExpectClose(1009);
    }

    [Fact]
    public void A_thousand_that_declare_a_length_and_send_nothing_hold_no_buffer()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 1000).Select(_ => _server.Open("/echo"))];
        long before = _server.Pool.LentBytes;
        foreach (TestClient client in clients) client.Peer.Send(Wire.Header(0x82, 65_536));
        _server.Run();
        Assert.Equal(before, _server.Pool.LentBytes);
        // A buffer is made for what comes, not for what was said to come.
        foreach (TestClient client in clients) client.Peer.Send([1, 2, 3]);
        _server.Run();
        Assert.InRange(_server.Pool.LentBytes - before, 3 * clients.Length, 512 * clients.Length);
        // They are alive only as long as they say something.
        _server.Advance(60_000);
        Assert.All(clients, static client => Assert.True(client.Peer.IsClosed));
        Assert.Equal(before, _server.Pool.LentBytes);
    }

    [Fact]
    public void Two_million_empty_fragments_take_no_memory_where_they_are_allowed()
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw(Frame.Text("", fin: false));
        (_server.Pool.PeakBytes, long before) = (_server.Pool.LentBytes, _server.Pool.LentBytes);
        byte[] empty = Wire.Repeat(Frame.Continuation("", fin: false), 100_000);
        for (int i = 0; i < 20; i++) client.SendRaw(empty);
        Assert.InRange(_server.Pool.PeakBytes - before, 0, 512);
        client.SendRaw(Frame.Continuation("end"));
        Assert.Equal("end", client.NextText());
    }

    [Fact]
    public void And_close_with_1008_where_they_are_not()
    {
        Restart();
        TestClient client = _server.Open("/echo");
        client.SendRaw([.. Frame.Text("", fin: false), .. Wire.Repeat(Frame.Continuation("", fin: false), 1023)]);
        client.ExpectNothing();
        client.SendRaw(Wire.Repeat(Frame.Continuation("", fin: false), 1_000_000));
        client.ExpectClose(1008);
    }

    [Fact]
    public void A_continuation_without_end_is_too_big_in_the_end_and_too_many_before()
    {
        long before = _server.Pool.LentBytes;
        TestClient client = _server.Open("/echo");
        client.SendRaw(Frame.Text("x", fin: false));
        byte[] tiny = Wire.Repeat(Frame.Continuation("x", fin: false), 10_000);
        for (int i = 0; i < 6; i++) client.SendRaw(tiny);
        client.ExpectNothing();
        client.SendRaw(tiny);
        client.ExpectClose(1009);
        Assert.Equal(before, _server.Pool.LentBytes);
        // A buffer that grows is copied into one of twice the size.
        Assert.InRange(_server.Pool.PeakBytes - before, 65_536, 3 * 65_536);
        Restart();
        client = _server.Open("/echo");
        client.SendRaw([.. Frame.Text("x", fin: false), .. Wire.Repeat(Frame.Continuation("x", fin: false), 1024)]);
        client.ExpectClose(1008);
    }

    private void Restart()
    {
        _server.Dispose();
        _server = new TestServer();
    }
}
