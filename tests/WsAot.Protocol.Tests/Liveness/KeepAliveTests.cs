using System.Runtime.CompilerServices;
using WsAot.Protocol.Liveness;

namespace WsAot.Protocol.Tests.Liveness;

/// <summary>Time is a number here: nothing is waited for.</summary>
public sealed class KeepAliveTests
{
    private const PeerConditions Good = PeerConditions.None;

    private static readonly KeepAliveOptions s_options = new(25_000, 10_000, 0, 5000);
    private static readonly KeepAliveOptions s_idle = new(25_000, 10_000, 60_000, 5000);
    private static readonly KeepAliveOptions s_idleWithoutPing = new(0, 10_000, 60_000, 5000);

    private KeepAlive _keepAlive;
    private long _nextMs;

    [Fact]
    public void It_takes_no_more_than_three_words() => Assert.InRange(Unsafe.SizeOf<KeepAlive>(), 1, 24);

    [Fact]
    public void Section_5_5_2_a_silent_peer_is_pinged_and_dropped_when_it_shows_no_life()
    {
        Open(1000);
        Expect(KeepAliveAction.Ping, 26_000, 36_000);
        Expect(KeepAliveAction.Drop, 36_000, KeepAlive.Never);
    }

    [Fact]
    public void A_sign_of_life_before_the_ping_moves_it_when_the_deadline_comes()
    {
        Open(0);
        _keepAlive.OnActivity(20_000);
        Expect(KeepAliveAction.None, 25_000, 45_000);
        Expect(KeepAliveAction.Ping, 45_000, 55_000);
    }

    [Fact]
    public void A_sign_of_life_after_the_ping_answers_it()
    {
        Open(0);
        Expect(KeepAliveAction.Ping, 25_000, 35_000);
        _keepAlive.OnActivity(30_000);
        Expect(KeepAliveAction.None, 35_000, 55_000);
    }

    [Fact]
    public void Without_an_interval_there_is_no_deadline() =>
        Assert.Equal(KeepAlive.Never, _keepAlive.OnOpened(0, new KeepAliveOptions(0, 10_000, 0, 5000)));

    [Theory]
    [InlineData(KeepAlive.LateMs, KeepAliveAction.Drop)]
    [InlineData(KeepAlive.LateMs + 1, KeepAliveAction.None)]
    public void A_loop_that_was_held_up_reads_before_it_judges(int lateMs, KeepAliveAction action)
    {
        Open(0);
        Expect(KeepAliveAction.Ping, 25_000, 35_000);
        Assert.Equal(action, _keepAlive.OnDeadline(35_000 + lateMs, 35_000, Good, s_options, out long nextMs));
        if (action == KeepAliveAction.Drop) return;
        // Once: then the answer has been read, or there is none.
        Assert.InRange(nextMs, 35_000 + lateMs + 1, 35_000 + lateMs + 100);
        Assert.Equal(KeepAliveAction.Drop, _keepAlive.OnDeadline(nextMs + 1000, nextMs, Good, s_options, out _));
    }

    [Fact]
    public void A_peer_that_is_not_read_is_pinged_and_not_judged()
    {
        Open(0);
        Expect(KeepAliveAction.Ping, 25_000, 50_000, PeerConditions.InputPaused);
        Expect(KeepAliveAction.Ping, 50_000, 75_000, PeerConditions.InputPaused);
        Expect(KeepAliveAction.Ping, 75_000, 85_000);
        Expect(KeepAliveAction.Drop, 85_000, KeepAlive.Never);
    }

    [Theory]
    [InlineData(PeerConditions.OutputFull)]
    [InlineData(PeerConditions.OutputFull | PeerConditions.InputPaused)]
    public void Behind_output_that_waits_no_ping_is_sent_and_progress_is_waited_for(PeerConditions conditions)
    {
        Open(0);
        Expect(KeepAliveAction.None, 25_000, 35_000, conditions);
        Expect(KeepAliveAction.Drop, 35_000, KeepAlive.Never, conditions);
    }

    [Fact]
    public void Progress_of_the_output_is_a_sign_of_life()
    {
        Open(0);
        Expect(KeepAliveAction.None, 25_000, 35_000, PeerConditions.OutputFull);
        _keepAlive.OnActivity(34_000);
        Expect(KeepAliveAction.None, 35_000, 59_000, PeerConditions.OutputFull);
    }

    [Fact]
    public void Section_7_4_1_a_peer_that_sends_no_message_is_closed_though_it_shows_life()
    {
        Open(0, s_idle);
        for (int nowMs = 20_000; nowMs < 60_000; nowMs += 20_000) _keepAlive.OnActivity(nowMs);
        Expect(KeepAliveAction.None, 50_000, 60_000, options: s_idle);
        Expect(KeepAliveAction.Close, 60_000, KeepAlive.Never, options: s_idle);
    }

    [Fact]
    public void A_message_moves_the_idle_timeout()
    {
        Open(0, s_idleWithoutPing);
        _keepAlive.OnActivity(30_000);
        _keepAlive.OnMessage();
        Expect(KeepAliveAction.None, 60_000, 90_000, options: s_idleWithoutPing);
    }

    [Fact]
    public void A_connection_whose_handler_works_is_not_idle()
    {
        Open(0, s_idleWithoutPing);
        Expect(KeepAliveAction.None, 60_000, 120_000, PeerConditions.HandlerBusy, s_idleWithoutPing);
        Expect(KeepAliveAction.Close, 120_000, KeepAlive.Never, options: s_idleWithoutPing);
    }

    [Fact]
    public void Section_7_1_1_while_it_closes_only_the_close_timeout_counts()
    {
        Open(0, s_idle);
        Assert.Equal(8000, _keepAlive.OnClosing(3000, s_idle));
        _keepAlive.OnActivity(4000);
        Assert.Equal(9500, _keepAlive.OnClosing(4500, s_idle));
        Expect(KeepAliveAction.Drop, 9500, KeepAlive.Never, PeerConditions.HandlerBusy | PeerConditions.InputPaused, s_idle);
    }

    private void Open(long nowMs, KeepAliveOptions? options = null) => _nextMs = _keepAlive.OnOpened(nowMs, options ?? s_options);

    private void Expect(
        KeepAliveAction action, long nowMs, long nextMs, PeerConditions conditions = Good, KeepAliveOptions? options = null)
    {
        Assert.Equal(action, _keepAlive.OnDeadline(nowMs, nowMs, conditions, options ?? s_options, out _nextMs));
        Assert.Equal(nextMs, _nextMs);
    }
}
