using Microsoft.Extensions.Logging;
using WsAot.Connections;
using WsAot.Limits;
using WsAot.Memory;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Limits;

/// <summary>What happens when memory runs out; what is resident, the test says.</summary>
public sealed class MemoryPressureTests : IDisposable
{
    private const long Limit = 200L << 20;
    private const long Percent = Limit / 100;

    private readonly ListLog _log = new();
    private readonly MemoryPressure _pressure;
    private TestServer? _server;
    private long _residentBytes;
    private long _garbageBytes;
    private int _readings;
    private int _collections;

    public MemoryPressureTests() => _pressure = new MemoryPressure(Read, new MemoryReclaimer(Collect, Read), _log);

    public void Dispose() => _server?.Dispose();

    [Fact]
    public void Garbage_is_collected_before_anybody_is_refused()
    {
        (_residentBytes, _garbageBytes) = (86 * Percent, 30 * Percent);
        Assert.Equal(MemoryLevel.Low, Look(0));
        Assert.Equal((1, 56 * Percent), (_collections, _residentBytes));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void Beyond_the_first_mark_upgrades_are_refused_until_it_is_below_again()
    {
        _residentBytes = (85 * Percent) - 1;
        Assert.Equal(MemoryLevel.Low, Look(0));
        _residentBytes = 85 * Percent;
        Assert.Equal(MemoryLevel.High, Look(1000));
        Assert.Equal(0, _pressure.ExcessBytes);
        _residentBytes = (95 * Percent) - 1;
        Assert.Equal(MemoryLevel.High, Look(2000));
        _residentBytes = (85 * Percent) - 1;
        Assert.Equal(MemoryLevel.Low, Look(15_000));
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Entries.Select(static entry => entry.Level));
        Assert.Equal(
            "The process uses 170 MiB of 200 MiB: refusing upgrades with 503 (see --max-memory-bytes).",
            _log.Entries[0].Message);
    }

    [Fact]
    public void It_is_read_a_few_times_a_second_however_many_ask()
    {
        for (int ms = 0; ms < 10_000; ms++) _pressure.Look(Limit, ms);
        Assert.Equal(40 + 1, _readings);
    }

    [Fact]
    public void Collections_take_little_of_the_time_where_they_do_not_help()
    {
        _residentBytes = 90 * Percent;
        for (int ms = 0; ms < 600_000; ms += 250) Look(ms);
        Assert.InRange(_collections, 2, 30);
    }

    [Fact]
    public void Beyond_the_second_mark_what_is_over_the_first_is_to_be_freed_after_each_collection_anew()
    {
        _residentBytes = 96 * Percent;
        Assert.Equal(MemoryLevel.Critical, Look(0));
        Assert.Equal(11 * Percent, _pressure.ExcessBytes);
        _pressure.OnFreed(12 * Percent);
        // Nothing more before the next collection has shown what that gave back.
        Assert.Equal(MemoryLevel.Critical, Look(1000));
        Assert.Equal(-1 * Percent, _pressure.ExcessBytes);
        _garbageBytes = 8 * Percent;
        Assert.Equal(MemoryLevel.Critical, Look(MemoryReclaimer.UrgentIntervalMs));
        Assert.Equal((88 * Percent, 3 * Percent), (_residentBytes, _pressure.ExcessBytes));
        _garbageBytes = 8 * Percent;
        Assert.Equal(MemoryLevel.Low, Look(2 * MemoryReclaimer.UrgentIntervalMs));
        Assert.Equal(0, _pressure.ExcessBytes);
    }

    [Fact]
    public void Memory_that_goes_up_and_down_does_not_fill_the_log()
    {
        for (int ms = 0; ms < 60_000; ms += 250)
        {
            _residentBytes = (ms / 250 % 2 == 0 ? 90 : 80) * Percent;
            Look(ms);
        }

        Assert.InRange(_log.Entries.Count, 2, 12);
    }

    [Fact]
    public void None_is_closed_before_all_loops_have_said_what_they_have_and_then_the_largest()
    {
        Assert.Equal(long.MaxValue, _pressure.Compare(1000));
        _pressure.Compare(10);
        Look(0);
        Assert.Equal(500, _pressure.Compare(10));
        Assert.Equal(1000, _pressure.Compare(2000));
    }

    [Fact]
    public void A_server_refuses_upgrades_with_503_and_still_serves_those_that_are_open()
    {
        TestServer server = Start();
        TestClient client = server.Open("/echo");
        _residentBytes = 90 * Percent;
        server.Advance(300);
        Response[] refused = [.. Enumerable.Range(0, 20).Select(_ => server.Connect().Ask("/echo"))];
        Assert.All(refused, static answer => Assert.Equal(503, answer.StatusCode));
        Assert.Equal("503 Service Unavailable: the server is short of memory\n", refused[0].Body);
        Assert.All(refused, static answer => Assert.InRange(int.Parse(answer["Retry-After"]!), 5, 15));
        Assert.InRange(refused.Select(static answer => answer["Retry-After"]).Distinct().Count(), 10, 11);
        client.Say("still here");
        Assert.Equal("still here", client.NextText());
        _residentBytes = 40 * Percent;
        server.Advance(300);
        server.Open("/echo");
        server.Advance(20_000);
    }

    [Fact]
    public void A_server_closes_those_that_hold_most_a_few_at_a_time_until_it_is_below_the_first_mark()
    {
        TestServer server = Start(static options => options.MaxPendingOutputBytes = 16 << 20);
        TestClient[] clients = [.. Enumerable.Range(0, 30).Select(_ => server.Open("/echo"))];
        Session[] sessions = [.. server.Server.GetConnections().Select(static connection => connection.Session)];
        // The first ten hold 1 to 10 MiB of output each, the next a little.
        for (int i = 0; i < 20; i++)
        {
            clients[i].Peer.WindowBytes = 0;
            int bytes = i < 10 ? (i + 1) << 20 : 1000;
            byte[] message = new byte[Math.Min(bytes, 64 << 10)];
            for (int sent = 0; sent < bytes; sent += message.Length) sessions[i].Send(Protocol.Frames.Opcode.Binary, message);
        }

        server.Run();
        _residentBytes = 94 * Percent;
        server.Advance(10_000);
        Assert.All(sessions, static session => Assert.Equal(EndCause.None, session.EndCause));
        // 45 MiB are too much: four are closed at a time, of 10 to 7 MiB, then two of 6 and 5.
        _residentBytes = (85 * Percent) + (45 << 20);
        int closed = 0;
        while (closed == 0)
        {
            server.Advance(10);
            closed = sessions.Count(static session => session.EndCause != EndCause.None);
        }

        Assert.Equal(MemoryWatch.MostAtOnce, closed);
        server.Advance(1000);
        Assert.Equal(
            Enumerable.Range(0, 30).Select(static i => i is >= 4 and < 10 ? EndCause.MemoryPressure : EndCause.None),
            sessions.Select(static session => session.EndCause));
        Assert.True(clients[7].Peer.IsReset);
        _residentBytes = 40 * Percent;
        server.Advance(20_000);
        string line = server.Log.Entries.First(static entry => entry.Id == 6).Message;
        Assert.Contains("the server is running out of memory, and the connection holds", line, StringComparison.Ordinal);
        Assert.EndsWith("(see --max-memory-bytes)", line, StringComparison.Ordinal);
        foreach (TestClient client in clients) client.Peer.Reset();
        server.Run();
        server.Advance(20_000);
    }

    [Fact]
    public void One_whose_input_waits_is_told_1013()
    {
        TestServer server = Start();
        server.Script.EchoThroughGate();
        TestClient client = server.Open("/script");
        for (int i = 0; i < 10; i++) client.Say(new string('x', 50_000));
        _residentBytes = 99 * Percent;
        server.Advance(5000);
        client.ExpectClose(1013, "the server is running out of memory");
        _residentBytes = 0;
        client.SendRaw(Frame.Close(1013));
        server.Advance(20_000);
    }

    [Fact]
    public void An_idle_server_below_the_marks_is_not_woken()
    {
        _residentBytes = 40 * Percent;
        TestServer server = Start();
        server.Open("/echo").Reset();
        server.Advance(20_000);
        int readings = _readings;
        server.Advance(100_000);
        // Those that follow the one batch at the end of the time before.
        Assert.InRange(_readings - readings, 0, 5);
    }

    [Fact]
    public void Above_half_of_the_limit_it_is_looked_at_a_few_times_a_second()
    {
        TestServer server = Start();
        _residentBytes = 51 * Percent;
        server.Open("/echo").Reset();
        server.Advance(1000);
        int readings = _readings;
        server.Advance(64_000);
        Assert.InRange(_readings - readings, 200, 300);
        _residentBytes = 40 * Percent;
        server.Advance(20_000);
    }

    [Fact]
    public void Without_a_limit_there_is_no_timer()
    {
        TestServer server = Start(static options => options.MaxMemoryBytes = -1);
        server.Open("/echo").Reset();
        Assert.Equal(-1, server.Server.Lifetime.Loops[0].State.Timers.NextInMs(server.Time.NowMs));
    }

    private TestServer Start(Action<WsServerOptions>? configure = null)
    {
        _server = new TestServer(
            options =>
            {
                options.MaxMemoryBytes = Limit;
                configure?.Invoke(options);
            },
            build: builder => builder.ReadMemory = Read);
        return _server;
    }

    private MemoryLevel Look(long nowMs) => _pressure.Look(Limit, nowMs);

    private MemoryReading Read()
    {
        _readings++;
        return new MemoryReading(_residentBytes);
    }

    private long Collect()
    {
        _collections++;
        _residentBytes -= _garbageBytes;
        _garbageBytes = 0;
        return 10;
    }
}
