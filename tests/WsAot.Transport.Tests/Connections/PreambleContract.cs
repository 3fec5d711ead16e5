using System.Net;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Connections;

/// <summary>What comes first on a connection: here, all bytes up to the first <c>!</c>.</summary>
public abstract class PreambleContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    private static readonly PeerAddress s_client = new(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 4711));

    [Fact]
    public void What_is_behind_the_preamble_is_for_the_object_that_comes_next()
    {
        ListenOptions listener = Listen();
        (TestPeer peer, ServedConnection first) = Driver.ConnectAndAccept(listener, isFinished: false);
        Assert.NotNull(first.Connection.Preamble);
        peer.Send("abc!defg"u8.ToArray());
        Driver.Until(() => Next(first)?.ReceivedBytes == 4);
        ServedConnection next = Next(first)!;
        Assert.Null(next.Connection.Preamble);
        Assert.Same(listener, next.Listener);
        Assert.Equal("defg"u8.ToArray(), next.Received);
        Assert.Equal(s_client.ToIPEndPoint(), next.Connection.RemoteAddress.ToIPEndPoint());
        Driver.Until(() => first.Closings == 1);
        Driver.OnLoop(next, static connection => connection.Write("answer"u8, default));
        Assert.Equal("answer"u8.ToArray(), peer.Receive(6));
        Assert.Equal(1, first.Connection.Loop.ConnectionCount);
        Assert.Equal(8, first.Connection.Loop.ReceivedBytes);
    }

    [Fact]
    public void It_may_come_byte_by_byte_and_the_loop_sleeps_meanwhile()
    {
        ListenOptions listener = Listen();
        (TestPeer peer, ServedConnection first) = Driver.ConnectAndAccept(listener);
        byte[] all = [.. Pattern(3000).Select(static value => value == '!' ? (byte)0 : value), (byte)'!', 1, 2, 3];
        peer.Send(all[..1]);
        Driver.Until(() => first.ReceivedBytes == 1);
        Assert.InRange(Driver.CountIdleBatches(first.Connection.Loop), 0, 3);
        for (int i = 1; i < 20; i++)
        {
            peer.Send([all[i]]);
            Driver.Until(() => first.ReceivedBytes == i + 1);
        }

        peer.Send(all[20..]);
        Driver.Until(() => Next(first)?.ReceivedBytes == 3);
        Assert.Equal([1, 2, 3], Next(first)!.Received);
    }

    [Fact]
    public void A_preamble_without_more_leaves_a_connection_that_waits()
    {
        (TestPeer peer, ServedConnection first) = Driver.ConnectAndAccept(Listen());
        peer.Send("!"u8.ToArray());
        Driver.Until(() => Next(first) is not null && first.Closings == 1);
        Assert.InRange(Driver.CountIdleBatches(first.Connection.Loop), 0, 3);
        peer.Send([9]);
        Driver.Until(() => Next(first)!.ReceivedBytes == 1);
        peer.Shutdown();
        Driver.Until(() => Next(first)!.PeerShutdowns == 1);
    }

    [Fact]
    public void It_can_be_refused_and_its_peer_may_go()
    {
        ListenOptions listener = Listen();
        (TestPeer refused, ServedConnection first) = Driver.ConnectAndAccept(listener);
        Driver.OnLoop(first, static connection => connection.Abort());
        Driver.Until(() => first.Closings == 1);
        Assert.Equal(PeerEnd.Reset, refused.ReceiveEnd());
        (TestPeer gone, ServedConnection second) = Driver.ConnectAndAccept(listener);
        gone.Reset();
        Driver.Until(() => second.Closings == 1);
        (TestPeer shut, ServedConnection third) = Driver.ConnectAndAccept(listener);
        shut.Send("ab"u8.ToArray());
        shut.Shutdown();
        Driver.Until(() => third.PeerShutdowns == 1);
        Assert.Equal("ab"u8.ToArray(), third.Received);
        Assert.Equal(1, third.Connection.Loop.ConnectionCount);
    }

    [Fact]
    public void An_end_of_the_preamble_in_the_callback_of_a_closed_connection_has_no_effect()
    {
        (_, ServedConnection first) = Driver.ConnectAndAccept(Listen());
        Driver.OnLoop(first, static connection =>
        {
            connection.Close();
            connection.Preamble!.End(s_client);
        });
        Driver.Until(() => first.Closings == 1);
        Assert.Null(Next(first));
        Assert.Equal(0, first.Connection.Loop.ConnectionCount);
    }

    private static void TakeToMark(TransportConnection connection, Span<byte> bytes)
    {
        int mark = bytes.IndexOf((byte)'!');
        connection.Preamble!.Take(mark < 0 ? bytes.Length : mark + 1);
        if (mark >= 0) connection.Preamble.End(s_client);
    }

    private ListenOptions Listen()
    {
        var listener = new ListenOptions(new IPEndPoint(IPAddress.Loopback, 0)) { HasPreamble = true };
        Driver.WhenConnected = static served =>
        {
            if (served.Connection.Preamble is not null) served.WhenReceived = TakeToMark;
        };
        Driver.Listen(listener);
        return listener;
    }

    private ServedConnection? Next(ServedConnection first)
    {
        int index = Driver.Served.IndexOf(first) + 1;
        return index < Driver.Served.Count && Driver.Served[index].Connection.Preamble is null ? Driver.Served[index] : null;
    }
}
