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
    public void It_takes_fourteen_bytes() => Assert.Equal(14, Unsafe.SizeOf<KeepAlive>());

    [Theory]
    [InlineData(uint.MaxValue - 30_000L)]
    [InlineData(uint.MaxValue)]
    [InlineData(100 * (1L + uint.MaxValue) - 20_000)]
    public void A_server_that_has_run_for_months_keeps_the_same_time(long startMs)
    {
        Open(startMs);
        _keepAlive.OnActivity(startMs + 20_000);
        Expect(KeepAliveAction.None, startMs + 25_000, startMs + 45_000);
        Expect(KeepAliveAction.Ping, startMs + 45_000, startMs + 55_000);
        Expect(KeepAliveAction.Drop, startMs + 55_000, KeepAlive.Never);
    }

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
        Assert.Equal(action, _keepAlive.OnDeadline(35_000 + lateMs, 35_000, Good, 0, s_options, out long nextMs));
        if (action == KeepAliveAction.Drop) return;
        // Once: then the answer has been read, or there is none.
        Assert.InRange(nextMs, 35_000 + lateMs + 1, 35_000 + lateMs + 100);
        Assert.Equal(KeepAliveAction.Drop, _keepAlive.OnDeadline(nextMs + 1000, nextMs, Good, 0, s_options, out _));
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
    public void Section_7_4_1_a_connection_on_which_no_message_goes_is_closed_though_the_peer_shows_life()
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
        Assert.Equal(8000, _keepAlive.OnClosing(3000, 0, s_idle));
        _keepAlive.OnActivity(4000);
        Assert.Equal(9500, _keepAlive.OnClosing(4500, 0, s_idle));
        Expect(KeepAliveAction.End, 9500, KeepAlive.Never, PeerConditions.HandlerBusy | PeerConditions.InputPaused, s_idle);
    }

    [Theory]
    [InlineData(PeerConditions.OutputUndelivered)]
    [InlineData(PeerConditions.OutputFull)]
    public void While_the_peer_takes_1_KiB_of_output_in_each_close_timeout_it_is_waited_for(PeerConditions conditions)
    {
        Open(0);
        Assert.Equal(5000, _keepAlive.OnClosing(0, 1000, s_options));
        Expect(KeepAliveAction.None, 5000, 10_000, conditions, acknowledgedBytes: 2024);
        Expect(KeepAliveAction.None, 10_000, 15_000, conditions, acknowledgedBytes: 3048);
        Expect(KeepAliveAction.Drop, 15_000, KeepAlive.Never, conditions, acknowledgedBytes: 4071);
    }

    [Fact]
    public void What_a_peer_takes_in_one_step_lasts_for_several_timeouts_and_not_for_ever()
    {
        Open(0);
        // 64 KiB before the close, as a system makes room for a program that reads slowly.
        _keepAlive.OnClosing(0, 65_536, s_options);
        for (int i = 1; i <= OutputProgress.MaxSaved; i++)
        {
            Expect(KeepAliveAction.None, i * 5000, (i + 1) * 5000, PeerConditions.OutputUndelivered, acknowledgedBytes: 65_536);
        }

        int lastMs = (OutputProgress.MaxSaved + 1) * 5000;
        Expect(KeepAliveAction.Drop, lastMs, KeepAlive.Never, PeerConditions.OutputUndelivered, acknowledgedBytes: 65_536);
    }

    [Fact]
    public void A_message_sent_moves_the_idle_timeout_from_the_next_deadline_on()
    {
        Open(0, s_idleWithoutPing);
        _keepAlive.OnMessageSent();
        Expect(KeepAliveAction.None, 60_000, 120_000, options: s_idleWithoutPing);
        Expect(KeepAliveAction.Close, 120_000, KeepAlive.Never, options: s_idleWithoutPing);
    }

    [Fact]
    public void A_connection_on_which_a_message_is_under_way_is_not_idle()
    {
        Open(0, s_idleWithoutPing);
        _keepAlive.OnActivity(50_000);
        Expect(KeepAliveAction.None, 60_000, 110_000, PeerConditions.MessageInProgress, s_idleWithoutPing);
        Expect(KeepAliveAction.None, 110_000, 170_000, PeerConditions.OutputUndelivered, s_idleWithoutPing);
        Expect(KeepAliveAction.Close, 170_000, KeepAlive.Never, PeerConditions.MessageInProgress, s_idleWithoutPing);
    }

    [Fact]
    public void When_the_peer_has_got_all_output_and_does_not_answer_TCP_ends_without_a_reset()
    {
        Open(0);
        _keepAlive.OnClosing(0, 0, s_options);
        Expect(KeepAliveAction.None, 5000, 10_000, acknowledgedBytes: 1_000_000);
        Expect(KeepAliveAction.End, 10_000, KeepAlive.Never, acknowledgedBytes: 1_000_000);
    }

    [Fact]
    public void A_count_that_overflows_is_still_progress()
    {
        Open(0);
        _keepAlive.OnClosing(0, uint.MaxValue - 10L, s_options);
        Expect(KeepAliveAction.None, 5000, 10_000, PeerConditions.OutputUndelivered, acknowledgedBytes: uint.MaxValue + 2000L);
    }

    [Fact]
    public void Pings_keep_their_interval_however_long_a_pong_may_take()
    {
        var options = new KeepAliveOptions(1000, 5000, 0, 5000);
        Open(0, options);
        for (int nowMs = 1000; nowMs <= 20_000; nowMs += 1000)
        {
            Expect(KeepAliveAction.Ping, nowMs, nowMs + 1000, options: options);
            _keepAlive.OnActivity(nowMs);
        }
    }

    [Fact]
    public void A_peer_that_leaves_pings_unanswered_gets_more_and_is_dropped_a_pong_timeout_after_the_first()
    {
        var options = new KeepAliveOptions(1000, 2500, 0, 5000);
        Open(0, options);
        Expect(KeepAliveAction.Ping, 1000, 2000, options: options);
        Expect(KeepAliveAction.Ping, 2000, 3000, options: options);
        Expect(KeepAliveAction.Ping, 3000, 3500, options: options);
        Expect(KeepAliveAction.Drop, 3500, KeepAlive.Never, options: options);
    }

    [Fact]
    public void A_ping_that_is_sent_late_gets_its_whole_pong_timeout()
    {
        Open(0);
        Expect(KeepAliveAction.Ping, 60_000, 70_000);
        Expect(KeepAliveAction.Drop, 70_000, KeepAlive.Never);
    }

    [Fact]
    public void While_output_is_under_way_to_the_peer_its_progress_answers_the_ping()
    {
        Open(0);
        Expect(KeepAliveAction.Ping, 25_000, 35_000, PeerConditions.OutputUndelivered, acknowledgedBytes: 100);
        Expect(KeepAliveAction.None, 35_000, 60_000, PeerConditions.OutputUndelivered, acknowledgedBytes: 1124);
        Expect(KeepAliveAction.Ping, 60_000, 70_000, PeerConditions.OutputUndelivered, acknowledgedBytes: 1200);
        Expect(KeepAliveAction.Drop, 70_000, KeepAlive.Never, PeerConditions.OutputUndelivered, acknowledgedBytes: 1200);
    }

    [Fact]
    public void Once_the_peers_system_has_got_the_ping_only_the_peer_itself_can_answer()
    {
        Open(0);
        Expect(KeepAliveAction.Ping, 25_000, 35_000, acknowledgedBytes: 100);
        Expect(KeepAliveAction.Drop, 35_000, KeepAlive.Never, acknowledgedBytes: 102);
    }

    private void Open(long nowMs, KeepAliveOptions? options = null) => _nextMs = _keepAlive.OnOpened(nowMs, options ?? s_options);

    private void Expect(
        KeepAliveAction action, long nowMs, long nextMs, PeerConditions conditions = Good, KeepAliveOptions? options = null,
        long acknowledgedBytes = 0)
    {
        Assert.Equal(
            action, _keepAlive.OnDeadline(nowMs, nowMs, conditions, acknowledgedBytes, options ?? s_options, out _nextMs));
        Assert.Equal(nextMs, _nextMs);
    }
}
