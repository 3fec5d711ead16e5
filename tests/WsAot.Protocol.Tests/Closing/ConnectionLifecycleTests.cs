using System.Runtime.CompilerServices;
using WsAot.Protocol.Closing;

namespace WsAot.Protocol.Tests.Closing;

public sealed class ConnectionLifecycleTests
{
    [Fact]
    public void It_is_at_most_twelve_bytes() => Assert.InRange(Unsafe.SizeOf<ConnectionLifecycle>(), 1, 12);

    [Fact]
    public void Section_5_5_1_a_close_received_first_is_echoed_and_then_tcp_ends()
    {
        ConnectionLifecycle closing = Open();
        Assert.Equal(CloseAction.EchoThenEndTcp, closing.OnReceived(1001));
        Assert.Equal(ConnectionState.Closing, closing.State);
        Assert.Equal(1001, closing.EchoCode);
        Assert.True(closing.TrySend(closing.EchoCode));
        Assert.False(closing.IsClean);
        closing.OnTcpEnded();
        AssertEnd(closing, received: 1001, sent: 1001, final: 1001, clean: true);
    }

    [Fact]
    public void Section_7_1_2_a_close_sent_first_waits_for_the_answer_and_then_tcp_ends()
    {
        ConnectionLifecycle closing = Open();
        Assert.True(closing.TrySend(1000));
        Assert.Equal(ConnectionState.Closing, closing.State);
        Assert.Equal(CloseAction.EndTcp, closing.OnReceived(1005));
        closing.OnTcpEnded();
        AssertEnd(closing, received: 1005, sent: 1000, final: 1005, clean: true);
    }

    [Fact]
    public void Section_7_1_5_no_close_frame_at_all_is_1006()
    {
        ConnectionLifecycle closing = Open();
        closing.OnTcpEnded();
        AssertEnd(closing, received: 0, sent: 0, final: 1006, clean: false);
    }

    [Fact]
    public void Section_7_1_4_a_close_sent_without_answer_is_not_clean()
    {
        ConnectionLifecycle closing = Open();
        Assert.True(closing.TrySend(1002));
        closing.OnTcpEnded();
        AssertEnd(closing, received: 0, sent: 1002, final: 1006, clean: false);
    }

    [Fact]
    public void Section_7_1_4_a_close_received_and_not_answered_is_not_clean()
    {
        ConnectionLifecycle closing = Open();
        closing.OnReceived(1000);
        closing.OnTcpEnded();
        AssertEnd(closing, received: 1000, sent: 0, final: 1000, clean: false);
    }

    [Fact]
    public void Only_one_close_frame_is_sent()
    {
        ConnectionLifecycle closing = Open();
        Assert.True(closing.TrySend(1005));
        Assert.False(closing.TrySend(1000));
        Assert.Equal(1005, closing.SentCode);
    }

    [Fact]
    public void Section_1_4_a_second_close_received_is_ignored()
    {
        ConnectionLifecycle closing = Open();
        closing.OnReceived(1000);
        Assert.Equal(CloseAction.None, closing.OnReceived(1001));
        Assert.Equal(1000, closing.ReceivedCode);
    }

    [Fact]
    public void Nothing_is_sent_or_received_before_the_opening_handshake_is_done()
    {
        var closing = default(ConnectionLifecycle);
        Assert.Equal(ConnectionState.Connecting, closing.State);
        Assert.False(closing.TrySend(1000));
        Assert.Equal(CloseAction.None, closing.OnReceived(1000));
        Assert.Equal(ConnectionState.Connecting, closing.State);
    }

    [Fact]
    public void Nothing_happens_after_the_end_of_tcp()
    {
        ConnectionLifecycle closing = Open();
        closing.OnTcpEnded();
        closing.OnOpened();
        Assert.False(closing.TrySend(1000));
        Assert.Equal(CloseAction.None, closing.OnReceived(1000));
        AssertEnd(closing, received: 0, sent: 0, final: 1006, clean: false);
    }

    private static ConnectionLifecycle Open()
    {
        var closing = default(ConnectionLifecycle);
        closing.OnOpened();
        Assert.Equal(ConnectionState.Open, closing.State);
        return closing;
    }

    private static void AssertEnd(ConnectionLifecycle closing, int received, int sent, int final, bool clean)
    {
        Assert.Equal(ConnectionState.Closed, closing.State);
        Assert.Equal(received, closing.ReceivedCode);
        Assert.Equal(sent, closing.SentCode);
        Assert.Equal(final, closing.FinalCode);
        Assert.Equal(clean, closing.IsClean);
    }
}
