using System.Runtime.CompilerServices;
using WsAot.Connections;
using WsAot.Tests.Harness;
using WsAot.Tests.Hostile;

namespace WsAot.Tests.Limits;

/// <summary>What one connection may send in a second: to the message, to the byte, at the tick of the timer wheel.</summary>
public sealed class RateTests : IDisposable
{
    private TestServer _server = Create(static options => options.MaxMessagesPerSecond = 10);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_burst_is_handled_at_once_and_the_rest_at_the_rate()
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw(Texts(40));
        Assert.Equal(10, client.Drain().Count);
        int handled = 10;
        for (int ms = 1; ms <= 3200; ms++)
        {
            _server.Advance(1);
            handled += client.Drain().Count;
            // Never early, and late by a tick and a message at most.
            int allowed = 10 + (ms / 100);
            int least = Math.Min(40, 10 + ((ms - 64) / 100) - 1);
            Assert.InRange(handled, least, Math.Min(40, allowed));
        }

        Assert.Equal(40, handled);
        Assert.Equal(0, HeldBytes.Deferred(Session));
        Assert.False(Session.Transport.IsReadingPaused);
    }

    [Fact]
    public void A_paused_connection_is_not_read_and_keeps_no_more_than_one_buffer()
    {
        TestClient client = _server.Open("/echo");
        for (int i = 0; i < 50; i++) client.SendRaw(Texts(1000));
        Assert.Equal(10, client.Drain().Count);
        Assert.True(Session.Transport.IsReadingPaused);
        Assert.InRange(HeldBytes.Deferred(Session), 1, TestServer.ReceiveBufferBytes);
        _server.Advance(60_000);
        Assert.InRange(client.Drain().Count, 595, 600);
        Assert.InRange(HeldBytes.Deferred(Session), 0, TestServer.ReceiveBufferBytes);
        Assert.Equal(0, HeldBytes.Queued(Session));
        client.Reset();
    }

    [Fact]
    public void A_peer_within_its_rate_is_never_paused()
    {
        TestClient client = _server.Open("/echo");
        for (int i = 0; i < 100; i++)
        {
            client.Say("a");
            Assert.Equal("a", client.NextText());
            _server.Advance(100);
        }

        Assert.Equal(0, SettingsOf(Session).Counters.RatePauses);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id == 81);
    }

    [Fact]
    public void What_is_limited_is_logged_once_and_counted()
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw(Texts(30));
        _server.Advance(5000);
        string line = Assert.Single(_server.Log.Entries, static entry => entry.Id == 81).Message;
        Assert.Contains("the client sends more than 10 messages a second (see --max-messages-per-second)", line, StringComparison.Ordinal);
        ref readonly WsAot.Metrics.RouteCounters counters = ref SettingsOf(Session).Counters;
        Assert.InRange(counters.RatePauses, 10, 21);
        Assert.InRange(counters.RatePausedMs, 2000, 2200);
    }

    [Fact]
    public void Bytes_count_exactly_and_a_message_that_is_begun_with_the_last_one_passes()
    {
        Restart(static options => options.MaxBytesPerSecond = 1000);
        TestClient client = _server.Open("/script");
        client.SendRaw(Binaries(6, 400));
        // 1000 - 3 * 400 is a debt of 200, and one token more is needed: 201 ms.
        Assert.Equal(3, Handled);
        _server.AdvanceTo(TestServer.AtTick(201) - 1);
        Assert.Equal(3, Handled);
        _server.AdvanceTo(TestServer.AtTick(201));
        Assert.Equal(4, Handled);
        // 256 - 200 - 400 = -344.
        _server.AdvanceTo(TestServer.AtTick(256 + 345) - 1);
        Assert.Equal(4, Handled);
        _server.AdvanceTo(TestServer.AtTick(256 + 345));
        Assert.Equal(5, Handled);
    }

    [Theory]
    [InlineData(999, 2)]
    [InlineData(1000, 1)]
    public void The_edge_of_the_burst_is_at_the_byte(int bytes, int handled)
    {
        Restart(static options => options.MaxBytesPerSecond = 1000);
        TestClient client = _server.Open("/script");
        client.SendRaw(Binaries(2, bytes));
        Assert.Equal(handled, Handled);
        client.Reset();
    }

    [Fact]
    public void A_message_larger_than_the_burst_passes_and_is_paid_for()
    {
        Restart(static options => options.MaxBytesPerSecond = 1000);
        TestClient client = _server.Open("/script");
        client.SendRaw(Binaries(2, 11_000));
        Assert.Equal(1, Handled);
        _server.AdvanceTo(TestServer.AtTick(10_001) - 1);
        Assert.Equal(1, Handled);
        _server.AdvanceTo(TestServer.AtTick(10_001));
        Assert.Equal(2, Handled);
    }

    [Fact]
    public void Both_limits_hold_together()
    {
        Restart(static options => (options.MaxMessagesPerSecond, options.MaxBytesPerSecond) = (4, 1000));
        TestClient client = _server.Open("/script");
        client.SendRaw(Binaries(10, 1));
        Assert.Equal(4, Handled);
        _server.Advance(5000);
        client.SendRaw(Binaries(3, 600));
        Assert.Equal(12, Handled);
        client.Reset();
    }

    [Fact]
    public void Fragments_are_one_message_and_all_of_its_bytes()
    {
        Restart(static options => (options.MaxMessagesPerSecond, options.MaxBytesPerSecond) = (2, 1000));
        TestClient client = _server.Open("/script");
        for (int i = 0; i < 2; i++)
        {
            client.SendRaw(Frame.Text("12345", fin: false), Frame.Continuation("", fin: false), Frame.Continuation("67890"));
        }

        client.SendRaw(Frame.Text("late"));
        Assert.Equal(["open", "text 1234567890", "text 1234567890"], _server.Journal);
        client.Reset();
    }

    [Fact]
    public void Of_compressed_messages_what_they_inflate_to_counts()
    {
        Restart(static options => (options.MaxBytesPerSecond, options.Compression, options.MaxMessageBytes)
            = (100_000, WsCompression.Shared, 1 << 20));
        TestClient client = _server.Open("/script", Wire.Deflate);
        byte[] bomb = Frame.Masked(2, Wire.Compress(new byte[300_000]), rsv: 4);
        Assert.InRange(bomb.Length, 1, 1000);
        client.SendRaw(bomb, bomb);
        Assert.Equal(1, Handled);
        _server.AdvanceTo(TestServer.AtTick(2001) - 1);
        Assert.Equal(1, Handled);
        _server.AdvanceTo(TestServer.AtTick(2001));
        Assert.Equal(2, Handled);
    }

    [Fact]
    public void Pings_and_pongs_count_as_messages()
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw([.. Enumerable.Repeat(Frame.Ping("p"), 1000)]);
        Assert.Equal(10, client.Drain().Count(static frame => frame.Opcode == 10));
        client.Reset();
        TestClient other = _server.Open("/echo");
        other.SendRaw([.. Enumerable.Repeat(Frame.Pong(""), 10), Frame.Text("late")]);
        other.ExpectNothing();
        _server.Advance(128);
        Assert.Equal("late", other.NextText());
    }

    [Fact]
    public void Messages_that_wait_for_a_handler_were_counted_when_they_came()
    {
        _server.Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.SendRaw(Texts(20));
        Assert.InRange(HeldBytes.Queued(Session), 9 * 6, 9 * 7);
        _server.Advance(1100);
        for (int i = 0; i < 20; i++) _server.LetOneGo();
        Assert.InRange(client.Drain().Count, 19, 20);
        while (_server.Script.Gate.WaitingCount > 0) _server.LetOneGo();
    }

    [Fact]
    public void Each_call_of_a_batch_counts_and_the_batch_is_answered_as_a_whole()
    {
        TestClient client = _server.Open("/rpc");
        string call = """{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":1}""";
        client.SendRaw(Frame.Text($"[{string.Join(',', Enumerable.Repeat(call, 30))}]"), Frame.Text(call));
        Assert.Equal(30, client.NextText().Split("\"result\":7").Length - 1);
        client.ExpectNothing();
        // 20 are owed, and one more is needed.
        _server.AdvanceTo(TestServer.AtTick(2100) - 1);
        client.ExpectNothing();
        _server.AdvanceTo(TestServer.AtTick(2100));
        Assert.Contains("\"result\":7", client.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_peers_are_closed_the_message_that_is_too_much_is_not_handled()
    {
        Restart(static options => (options.MaxMessagesPerSecond, options.RateLimitPolicy) = (10, RateLimitPolicy.Close));
        TestClient client = _server.Open("/script");
        client.SendRaw(Texts(10));
        _server.Advance(99);
        Assert.Equal(10, Handled);
        _server.Advance(1);
        client.Say("allowed");
        Assert.Equal(11, Handled);
        Session session = Session;
        client.SendRaw(Texts(5));
        client.ExpectClose(1008, "the client sends more than 10 messages a second");
        Assert.Equal(11, Handled);
        Assert.Equal(EndCause.RateLimited, session.EndCause);
        string line = Assert.Single(_server.Log.Entries, static entry => entry.Id == 6).Message;
        Assert.EndsWith("(see --max-messages-per-second and --rate-limit-policy)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_peers_are_closed_pings_close_too_but_no_pong_does()
    {
        Restart(static options => (options.MaxMessagesPerSecond, options.RateLimitPolicy) = (10, RateLimitPolicy.Close));
        TestClient ponging = _server.Open("/echo");
        ponging.SendRaw([.. Enumerable.Repeat(Frame.Pong(""), 30), Frame.Text("late")]);
        ponging.ExpectNothing();
        _server.Advance(3000);
        Assert.Equal("late", ponging.NextText());
        TestClient pinging = _server.Open("/echo");
        pinging.SendRaw([.. Enumerable.Repeat(Frame.Ping(""), 11)]);
        Assert.Equal(8, pinging.Drain()[^1].Opcode);
    }

    [Fact]
    public void A_paused_peer_is_not_taken_for_a_dead_one_nor_for_an_idle_one()
    {
        Restart(static options =>
        {
            (options.MaxBytesPerSecond, options.IdleTimeoutMs) = (100, 30_000);
            (options.PingIntervalMs, options.PongTimeoutMs) = (2000, 1000);
        });
        TestClient client = _server.Open("/script");
        client.SendRaw(Binaries(1, 10_000));
        // Its pongs and its next message cannot be heard for 100 s.
        client.SendRaw(Binaries(1, 1));
        for (int second = 0; second < 98; second++)
        {
            _server.Advance(1000);
            Assert.All(client.Drain(), static frame => Assert.Equal(9, frame.Opcode));
        }

        Assert.False(client.Peer.IsClosed);
        Assert.Equal(1, Handled);
        _server.Advance(2000);
        Assert.Equal(2, Handled);
        client.Reset();
    }

    [Fact]
    public void A_connection_that_is_closed_while_it_is_paused_hears_the_peers_answer()
    {
        TestClient client = _server.Open("/script");
        client.SendRaw(Texts(30));
        WsConnection connection = _server.Server.GetConnections()[0];
        connection.Close(4000, "enough");
        _server.Run();
        client.SendRaw(Frame.Close(4000));
        client.Shutdown();
        Assert.Equal("close 4000 '' clean", _server.Journal[^1]);
        Assert.Equal(10, Handled);
    }

    [Fact]
    public void A_server_that_stops_waits_for_no_rate()
    {
        TestClient client = _server.Open("/script");
        client.SendRaw(Texts(30));
        Task stop = _server.Server.StopAsync();
        _server.Run();
        client.ExpectClose(1001);
        client.SendRaw(Frame.Close(1001));
        client.Shutdown();
        _server.Advance(100);
        Assert.True(stop.IsCompleted);
    }

    [Fact]
    public void A_route_may_say_otherwise()
    {
        TestClient strict = _server.Open("/limited");
        strict.SendRaw(Texts(5));
        Assert.Equal(8, strict.Drain()[4].Opcode);
        TestClient loose = _server.Open("/limited/loose");
        loose.SendRaw(Texts(500));
        Assert.Equal(500, loose.Drain().Count);
        TestClient burst = _server.Open("/limited/burst");
        burst.SendRaw(Texts(500));
        Assert.Equal(2, burst.Drain().Count);
        burst.Reset();
    }

    [Fact]
    public void A_route_with_a_rate_of_its_own_does_not_take_the_servers_burst()
    {
        Restart(static options => (options.MaxMessagesPerSecond, options.MaxMessageBurst) = (10, 1000));
        TestClient own = _server.Open("/limited");
        own.SendRaw(Texts(5));
        Assert.Equal(8, own.Drain()[4].Opcode);
        TestClient other = _server.Open("/echo");
        other.SendRaw(Texts(1001));
        Assert.Equal(1000, other.Drain().Count);
        other.Reset();
    }

    [Fact]
    public void Rates_that_change_while_a_connection_is_open_hold_for_it_from_its_next_deadline_on()
    {
        Restart(static _ => { });
        TestClient client = _server.Open("/echo");
        client.SendRaw(Texts(100));
        Assert.Equal(100, client.Drain().Count);
        RouteSettings settings = SettingsOf(Session);
        settings.Apply(new WsServerOptions { MaxMessagesPerSecond = 10 });
        _server.Advance(25_100);
        client.Drain();
        client.SendRaw(Texts(100));
        Assert.Equal(10, client.Drain().Count);
        settings.Apply(new WsServerOptions { MaxBytesPerSecond = 20 });
        _server.Advance(2000);
        Assert.InRange(client.Drain().Count, 1, 60);
        settings.Apply(new WsServerOptions());
        _server.Advance(1000);
        client.Drain();
        Assert.Equal(0, HeldBytes.Deferred(Session));
        client.SendRaw(Texts(1000));
        Assert.Equal(1000, client.Drain().Count);
    }

    [Fact]
    public void Without_a_limit_and_before_the_first_message_a_connection_has_nothing_for_it()
    {
        TestClient client = _server.Open("/echo");
        Assert.False(HasExtras());
        client.Say("a");
        Assert.True(HasExtras());
        Restart(static _ => { });
        _server.Open("/echo").Say("a");
        Assert.False(HasExtras());

        // Lines about connections need some; the log of the test has them.
        bool HasExtras() => ExtrasOf(Session)?.Rate is not null;
    }

    private Session Session => _server.Server.GetConnections()[0].Session;

    private int Handled => _server.Journal.Count(static line => line.StartsWith("text", StringComparison.Ordinal)
        || line.StartsWith("binary", StringComparison.Ordinal));

    private static byte[][] Texts(int count) => [.. Enumerable.Repeat(Frame.Text("a"), count)];

    private static byte[][] Binaries(int count, int bytes) => [.. Enumerable.Repeat(Frame.Binary(new byte[bytes]), count)];

    private static TestServer Create(Action<WsServerOptions> configure) => new(configure);

    private void Restart(Action<WsServerOptions> configure)
    {
        _server.Dispose();
        _server = Create(configure);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_extras")]
    private static extern ref SessionExtras? ExtrasOf(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_settings")]
    private static extern ref RouteSettings SettingsOf(Session session);
}
