using System.Collections.Concurrent;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Connections;

/// <summary>Output that the kernel refuses, and input that is paused.</summary>
public abstract class BackPressureContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public void What_the_kernel_refuses_waits_and_arrives_intact()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        const int PieceBytes = 64 * 1024;
        byte[] all = Pattern(16 * MiB);
        int highest = 0;
        bool isRefused = false;
        Driver.OnLoop(served, connection =>
        {
            for (int i = 0; i < all.Length; i += PieceBytes)
            {
                isRefused |= connection.Write(all.AsSpan(i, 14), all.AsSpan(i + 14, PieceBytes - 14)) == OutputStatus.Queued;
                if (!isRefused) continue;
                Assert.True(connection.PendingBytes > highest, "What waits grows with each write.");
                highest = connection.PendingBytes;
            }
        });
        Assert.True(isRefused);
        Assert.InRange(highest, MiB, 16 * MiB);
        Assert.Equal(0, served.ProgressCalls);
        Assert.True(Pool.RentedCount > 0);

        Assert.True(all.AsSpan().SequenceEqual(peer.Receive(all.Length)));
        Driver.OnLoop(served, static connection => Assert.Equal(0, connection.PendingBytes));
        Assert.True(served.ProgressCalls > 0);
        Assert.Equal(0, Pool.RentedCount);
    }

    [Fact]
    public void Writes_of_all_kinds_keep_their_order_behind_what_is_refused()
    {
        Driver.WhenConnected = served => served.WhenReceived = (connection, bytes) => connection.Write("<"u8, bytes);
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int filled = Fill(served, static connection =>
        {
            Assert.Equal(OutputStatus.Queued, connection.WriteShared(Shared("shared")));
            Assert.Equal(OutputStatus.Queued, connection.Write("copied"u8, default));
        });
        peer.Send(Shared("served"));
        Driver.Until(() => served.ReceivedBytes == 6);
        peer.Receive(filled);
        Assert.Equal("sharedcopied<served"u8.ToArray(), peer.Receive(19));
    }

    [Fact]
    public void Delivery_grows_by_what_the_peer_takes_and_is_complete_once_it_has_all()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        OutputDelivery before = default;
        Driver.OnLoop(served, connection => before = connection.GetDelivery());
        int filled = Fill(served);
        OutputDelivery blocked = default;
        Driver.OnLoop(served, connection => blocked = connection.GetDelivery());
        Assert.False(blocked.IsComplete);
        peer.Receive(filled);
        OutputDelivery after = default;
        Driver.Until(() =>
        {
            // The last acknowledgement may be on its way.
            Driver.OnLoop(served, connection => after = connection.GetDelivery());
            return after.IsComplete;
        });
        // A record of TLS adds 22 bytes, and holds up to 16 KiB.
        int added = peer is TlsPeer ? filled / 500 : 0;
        Assert.InRange(after.AcknowledgedBytes - before.AcknowledgedBytes, filled, filled + added);
        Assert.True(blocked.AcknowledgedBytes < after.AcknowledgedBytes);
    }

    [Fact]
    public void Progress_is_reported_until_nothing_waits()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        var pending = new ConcurrentQueue<int>();
        served.WhenProgress = connection => pending.Enqueue(connection.PendingBytes);
        int filled = Fill(served);
        peer.Receive(filled);
        Driver.Until(() => pending.LastOrDefault(-1) == 0);
        Assert.Equal(pending.OrderDescending(), pending);
    }

    [Fact]
    public void Output_can_be_written_when_progress_is_reported()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int left = 5;
        served.WhenProgress = connection =>
        {
            if (connection.PendingBytes == 0 && left-- > 0) connection.Write(Pattern(MiB), default);
        };
        int filled = Fill(served);
        peer.Receive(filled + MiB);
        Driver.OnLoop(served, static _ => { });
    }

    [Fact]
    public void A_blocked_connection_does_not_spin()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Fill(served);
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 6);
    }

    [Fact]
    public void Paused_in_a_callback_or_outside_a_connection_receives_nothing_until_it_resumes()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenReceived = static (connection, _) => connection.PauseReading();
        for (int i = 1; i <= 5; i++)
        {
            int calls = i;
            // From the second round on, the byte is there while nobody wants it.
            peer.Send([1]);
            if (i > 1)
            {
                Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 4);
                Assert.Equal(calls - 1, served.ReceivedCalls);
                Driver.OnLoop(served, static connection =>
                {
                    Assert.True(connection.IsReadingPaused);
                    connection.ResumeReading();
                    connection.PauseReading();
                    connection.ResumeReading();
                });
            }

            Driver.Until(() => served.ReceivedCalls == calls);
        }
    }

    [Fact]
    public void Pausing_while_connecting_holds()
    {
        Driver.WhenConnected = static served => served.Connection.PauseReading();
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept(isFinished: false);
        if (peer is not TlsPeer) peer.Send([1]);
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 4);
        Assert.Equal(0, served.ReceivedBytes);
        Driver.OnLoop(served, static connection => connection.ResumeReading());
        if (peer is TlsPeer tls)
        {
            tls.Connect();
            tls.Send([1]);
        }

        Driver.Until(() => served.ReceivedBytes == 1);
    }
}
