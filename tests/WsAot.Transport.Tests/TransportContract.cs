using System.Buffers;
using System.Collections.Concurrent;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests;

/// <summary>What every transport does.</summary>
public abstract class TransportContract : IDisposable
{
    private const int MiB = 1024 * 1024;

    private TransportDriver? _driver;

    protected static TransportOptions OneLoop { get; } = new() { Loops = 1, ReceiveBufferBytes = 16 * 1024, SendBufferBytes = 4096 };

    protected TransportDriver Driver => _driver ??= CreateDriver(OneLoop);

    protected CountingPool Pool => Driver.Pool;

    protected abstract TransportDriver CreateDriver(TransportOptions options);

    public void Dispose()
    {
        if (_driver is null) return;
        CheckRules();
        _driver.Dispose();
        Assert.All(_driver.Served, static served => Assert.Equal(1, served.Closings));
        Assert.False(Pool.HasFailed, "A buffer was returned that was not rented, or twice.");
        GC.SuppressFinalize(this);
    }

    protected static byte[] Pattern(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static void Echo(TransportConnection connection, Span<byte> bytes) => connection.Write(bytes, default);

    private static byte[] Shared(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private void CheckRules()
    {
        lock (Driver.Gate)
        {
            Assert.All(Driver.Served, static served =>
            {
                Assert.Equal(0, served.WrongThreadCalls);
                Assert.True(served.Closings == 0 || served.Events[^1] == "closed", "Something came after the end.");
            });
        }
    }

    private void UseLoops(int loops) => _driver = CreateDriver(new TransportOptions
    {
        Loops = loops,
        ReceiveBufferBytes = OneLoop.ReceiveBufferBytes,
        SendBufferBytes = OneLoop.SendBufferBytes,
    });

    /// <summary>Writes until the kernel refuses.</summary>
    private int Fill(ServedConnection served)
    {
        int written = 0;
        byte[] piece = Pattern(MiB);
        Driver.OnLoop(served, connection =>
        {
            while (connection.Write(piece, default) == OutputStatus.Sent) written += piece.Length;
            written += piece.Length;
        });
        return written;
    }

    [Fact]
    public void BytesArriveInOrder()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        byte[] sent = Pattern(300_000);
        for (int i = 0; i < sent.Length; i += 1000) peer.Send(sent[i..(i + 1000)]);
        Driver.Until(() => served.ReceivedBytes == sent.Length);
        Assert.Equal(sent, served.Received);
    }

    [Fact]
    public void MoreThanTheReceiveBufferHoldsArrivesInPieces()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int largest = 0;
        served.WhenReceived = (_, bytes) => largest = Math.Max(largest, bytes.Length);
        byte[] sent = Pattern(OneLoop.ReceiveBufferBytes * 3 + 1);
        peer.Send(sent);
        Driver.Until(() => served.ReceivedBytes == sent.Length);
        Assert.Equal(sent, served.Received);
        Assert.InRange(largest, 1, OneLoop.ReceiveBufferBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void WhatIsReceivedCanBeEchoed(int length)
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        for (int round = 0; round < 3; round++)
        {
            byte[] sent = Pattern(length, round);
            peer.Send(sent);
            Assert.Equal(sent, peer.Receive(length));
        }
    }

    [Fact]
    public void OutputOfOneCallbackLeavesInOneSend()
    {
        TestPeer? peer = null;
        int early = -1;
        Driver.WhenConnected = served => served.WhenReceived = (connection, _) =>
        {
            for (byte i = 0; i < 100; i++) Assert.Equal(OutputStatus.Sent, connection.Write([i], [i]));
            early = peer!.Available;
        };
        (peer, _) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Assert.Equal(200, peer.ReceiveOnce().Length);
        Assert.Equal(0, early);
        if (peer is InMemoryDriver.Peer memory) Assert.Equal(1, memory.Inner.ReceivedCalls);
    }

    [Fact]
    public void OutputOfOnePostedCallLeavesInOneSend()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int early = -1;
        Driver.OnLoop(served, connection =>
        {
            for (byte i = 0; i < 100; i++) Assert.Equal(OutputStatus.Sent, connection.Write([i], [i]));
            early = peer.Available;
        });
        Assert.Equal(200, peer.ReceiveOnce().Length);
        Assert.Equal(0, early);
        if (peer is InMemoryDriver.Peer memory) Assert.Equal(1, memory.Inner.ReceivedCalls);
    }

    [Fact]
    public void WritesOfEverySizeKeepTheirOrderWithinACallback()
    {
        var expected = new MemoryStream();
        Driver.WhenConnected = served => served.WhenReceived = (connection, _) =>
        {
            var random = new Random(7);
            for (int i = 0; i < 200; i++)
            {
                byte[] head = Pattern(random.Next(15), i);
                byte[] body = Pattern(random.Next(random.Next(2) == 0 ? 50 : 9000), i + 1000);
                expected.Write(head);
                expected.Write(body);
                if (random.Next(3) == 0) connection.WriteShared([.. head, .. body]);
                else connection.Write(head, body);
            }
        };
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Driver.Until(() => Driver.Served[0].ReceivedCalls > 0);
        Driver.OnLoop(Driver.Served[0], static _ => { });
        Assert.Equal(expected.ToArray(), peer.Receive((int)expected.Length));
    }

    [Fact]
    public void WritesToOthersKeepTheirOrderWhileAnotherIsServed()
    {
        var fromOther = new MemoryStream();
        (TestPeer other, ServedConnection servedOther) = Driver.ConnectAndAccept();
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenReceived = (connection, _) =>
        {
            for (int i = 0; i < 50; i++)
            {
                connection.Write([1, 2], [3]);
                byte[] piece = Pattern(3000, i);
                fromOther.Write(piece);
                servedOther.Connection.Write(piece, default);
            }
        };
        peer.Send([1]);
        byte[] mine = peer.Receive(150);
        Assert.All(Enumerable.Range(0, 150), i => Assert.Equal(1 + (i % 3), mine[i]));
        Assert.Equal(fromOther.ToArray(), other.Receive((int)fromOther.Length));
    }

    [Fact]
    public void WhatTheKernelRefusesWaitsAndArrivesIntact()
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PartsOfWhatWasReceivedArriveIntactAmongOtherWrites(bool isReading)
    {
        // Many per callback, small and large, with copies between; and where the peer does not read, cut off by the kernel anywhere.
        var written = new ArrayBufferWriter<byte>();
        Driver.WhenConnected = served => served.WhenReceived = (connection, bytes) =>
        {
            int length = 0;
            for (int at = 0; at < bytes.Length; at += length)
            {
                length = Math.Min(bytes.Length - at, 1 + ((written.WrittenCount * 7) % 9000));
                ReadOnlySpan<byte> head = Pattern(at % 15, at);
                connection.Write(head, bytes.Slice(at, length));
                lock (written)
                {
                    written.Write(head);
                    written.Write(bytes.Slice(at, length));
                }
            }
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        const int Rounds = 5;
        const int RoundBytes = 900_000;
        int received = 0;
        for (int round = 1; round <= Rounds; round++)
        {
            peer.Send(Pattern(RoundBytes, round));
            Driver.Until(() => served.ReceivedBytes == round * RoundBytes);
            if (isReading) AssertArrives();
        }

        AssertArrives();
        Assert.Equal(0, Pool.RentedCount);

        void AssertArrives()
        {
            byte[] expected;
            lock (written) expected = written.WrittenSpan[received..].ToArray();
            Assert.True(expected.AsSpan().SequenceEqual(peer.Receive(expected.Length)));
            received += expected.Length;
        }
    }

    [Fact]
    public void WritesOfAllKindsKeepTheirOrderBehindWhatIsRefused()
    {
        Driver.WhenConnected = served => served.WhenReceived = (connection, bytes) => connection.Write("<"u8, bytes);
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int filled = Fill(served);
        Driver.OnLoop(served, static connection =>
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
    public void ProgressIsToldUntilNothingWaits()
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
    public void OutputCanBeWrittenWhenProgressIsTold()
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
    public void ASharedFrameReachesManyConnections()
    {
        (TestPeer Peer, ServedConnection Served)[] all = [.. Enumerable.Range(0, 20).Select(_ => Driver.ConnectAndAccept())];
        byte[] frame = Pattern(5000);
        Driver.OnLoop(all[0].Served, _ =>
        {
            foreach ((TestPeer Peer, ServedConnection Served) one in all) one.Served.Connection.WriteShared(frame);
        });
        foreach ((TestPeer peer, _) in all) Assert.Equal(frame, peer.Receive(frame.Length));
        Assert.Equal(Pattern(5000), frame);
        Assert.Equal(0, Pool.RentedCount);
    }

    [Fact]
    public void NothingIsAFineThingToWrite()
    {
        Driver.WhenConnected = static served => served.WhenReceived = static (connection, _) =>
        {
            connection.WriteShared([]);
            connection.Write(default, default);
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Driver.Until(() => served.ReceivedCalls == 1);
        Driver.OnLoop(served, static connection =>
        {
            connection.WriteShared([]);
            connection.Write(default, default);
            connection.WriteShared([7]);
        });
        Assert.Equal([7], peer.Receive(1));
    }

    [Fact]
    public void ThePeerMayEndFirst()
    {
        Driver.WhenConnected = static served => served.WhenPeerShut = static connection =>
        {
            connection.Write("bye"u8, default);
            connection.ShutdownOutput();
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        peer.Send([1, 2, 3]);
        peer.Shutdown();
        Assert.Equal("bye"u8.ToArray(), peer.Receive(3));
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(["received", "shut", "closed"], served.Events);
    }

    [Fact]
    public void TheServerMayEndFirst()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection =>
        {
            connection.Write("last"u8, default);
            connection.ShutdownOutput();
            Assert.Equal(OutputStatus.Refused, connection.Write("later"u8, default));
            Assert.Equal(OutputStatus.Refused, connection.WriteShared([1]));
        });
        Assert.Equal("last"u8.ToArray(), peer.Receive(4));
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        peer.Send([1, 2, 3]);
        Driver.Until(() => served.ReceivedBytes == 3);
        peer.Shutdown();
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(["received", "closed"], served.Events);
    }

    [Fact]
    public void TheFinComesAfterThePendingOutput()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int filled = Fill(served);
        Driver.OnLoop(served, static connection => connection.ShutdownOutput());
        peer.Receive(filled);
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        peer.Shutdown();
        Driver.Until(() => served.Closings == 1);
    }

    [Fact]
    public void TheFinComesAfterTheOutputOfItsOwnCallback()
    {
        Driver.WhenConnected = static served => served.WhenReceived = static (connection, _) =>
        {
            connection.Write("a"u8, default);
            connection.ShutdownOutput();
        };
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Assert.Equal("a"u8.ToArray(), peer.Receive(1));
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
    }

    [Fact]
    public void WhatAPeerSentBeforeItsResetIsDelivered()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        byte[] sent = Pattern(50_000);
        peer.Send(sent);
        peer.Reset();
        Driver.OnLoop(served, static connection => connection.ResumeReading());
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(sent, served.Received);
    }

    [Fact]
    public void AResetEndsAConnectionWhoseOutputWaits()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Fill(served);
        peer.Reset();
        Driver.Until(() => served.Closings == 1);
        Driver.Until(() => Pool.RentedCount == 0);
    }

    [Fact]
    public void ALostPeerIsToldToOneWhoReadsAgainOnlyAfterProgress()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenProgress = static connection => connection.ResumeReading();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        Fill(served);
        peer.Reset();
        Driver.Until(() => served.Closings == 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnEndDuringAPauseNeitherSpinsNorLosesData(bool isReset)
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        byte[] sent = Pattern(40_000);
        peer.Send(sent);
        if (isReset) peer.Reset();
        else peer.Shutdown();
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 6);
        Assert.Equal(0, served.ReceivedBytes);
        Assert.Equal(0, served.Closings);

        Driver.OnLoop(served, static connection => connection.ResumeReading());
        if (!isReset)
        {
            Driver.Until(() => served.PeerShutdowns == 1);
            Driver.OnLoop(served, static connection => connection.Close());
        }

        Driver.Until(() => served.Closings == 1);
        Assert.Equal(sent, served.Received);
    }

    [Fact]
    public void AHalfClosedConnectionDoesNotSpin()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        peer.Shutdown();
        Driver.Until(() => served.PeerShutdowns == 1);
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 4);
        Driver.OnLoop(served, static connection => connection.Write("still here"u8, default));
        Assert.Equal("still here"u8.ToArray(), peer.Receive(10));
    }

    [Fact]
    public void AConnectionEndedByTheServerAndPausedDoesNotSpin()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection =>
        {
            connection.PauseReading();
            connection.ShutdownOutput();
        });
        peer.Send([1, 2]);
        peer.Shutdown();
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 6);
        Driver.OnLoop(served, static connection => connection.ResumeReading());
        Driver.Until(() => served.Closings == 1);
        Assert.Equal([1, 2], served.Received);
    }

    [Fact]
    public void ABlockedConnectionDoesNotSpin()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Fill(served);
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 6);
    }

    [Fact]
    public void PausedOutsideOrInsideACallbackNothingIsReceivedUntilItIsWanted()
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
    public void PausingWhileConnectingHolds()
    {
        Driver.WhenConnected = static served => served.Connection.PauseReading();
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 4);
        Assert.Equal(0, served.ReceivedBytes);
        Driver.OnLoop(served, static connection => connection.ResumeReading());
        Driver.Until(() => served.ReceivedBytes == 1);
    }

    [Theory]
    [InlineData("connected")]
    [InlineData("received")]
    [InlineData("shut")]
    [InlineData("progress")]
    [InlineData("posted")]
    public void CloseIsReportedOnceAndLast(string where)
    {
        static void End(TransportConnection connection)
        {
            connection.Close();
            connection.Close();
            connection.Abort();
            connection.PauseReading();
            connection.ResumeReading();
            connection.ShutdownOutput();
            Assert.True(connection.IsClosed);
            Assert.Equal(OutputStatus.Refused, connection.Write([1], [2]));
        }

        Driver.WhenConnected = served =>
        {
            if (where == "connected") End(served.Connection);
            if (where == "received") served.WhenReceived = static (connection, _) => End(connection);
            if (where == "shut") served.WhenPeerShut = End;
            if (where == "progress") served.WhenProgress = End;
            served.WhenClosed = End;
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        if (where == "received") peer.Send([1, 2]);
        if (where == "shut") peer.Shutdown();
        if (where == "posted") Driver.OnLoop(served, End);
        if (where == "progress") Fill(served);
        peer.ReceiveEnd();
        Driver.Until(() => served.Closings == 1);
        Driver.OnLoop(served, static _ => { });
        Assert.Equal(1, served.Closings);
        Driver.Until(() => Pool.RentedCount == 0);
        Assert.Empty(Driver.Loops[0].Exceptions);
        Assert.Equal(0, served.Connection.Loop.ConnectionCount);
    }

    [Fact]
    public void CloseEndsAnIdleConnectionInOrder()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.Close());
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
    }

    [Fact]
    public void AbortSendsAReset()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.Abort());
        Assert.Equal(PeerEnd.Reset, peer.ReceiveEnd());
        Assert.Equal(1, served.Closings);
    }

    [Fact]
    public void CloseWithPendingOutputGivesItsBuffersBack()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Fill(served);
        Assert.True(Pool.RentedCount > 0);
        Driver.OnLoop(served, static connection => connection.Close());
        Driver.Until(() => Pool.RentedCount == 0);
    }

    [Fact]
    public void ClosingAnotherWithinABatchSilencesIt()
    {
        (TestPeer first, ServedConnection servedFirst) = Driver.ConnectAndAccept();
        (TestPeer second, ServedConnection servedSecond) = Driver.ConnectAndAccept();
        servedFirst.WhenReceived = (_, _) => servedSecond.Connection.Close();
        servedSecond.WhenReceived = (_, _) => servedFirst.Connection.Close();
        Driver.OnLoop(servedFirst, _ =>
        {
            // Both are ready when the loop looks next.
            first.Send([1]);
            second.Send([1]);
        });
        Driver.Until(() => servedFirst.Closings + servedSecond.Closings == 1);
        Driver.OnLoop(servedFirst, static _ => { });
        Assert.Equal(1, servedFirst.ReceivedCalls + servedSecond.ReceivedCalls);
    }

    [Theory]
    [InlineData("connected")]
    [InlineData("received")]
    [InlineData("shut")]
    [InlineData("progress")]
    [InlineData("closed")]
    public void AnExceptionInACallbackClosesOnlyItsConnection(string where)
    {
        void Fail() => throw new InvalidOperationException("on purpose");

        (TestPeer bystander, ServedConnection servedBystander) = Driver.ConnectAndAccept();
        servedBystander.WhenReceived = Echo;
        Driver.WhenConnected = served =>
        {
            if (where == "connected") Fail();
            if (where == "received") served.WhenReceived = (_, _) => Fail();
            if (where == "shut") served.WhenPeerShut = _ => Fail();
            if (where == "progress") served.WhenProgress = _ => Fail();
            if (where == "closed") served.WhenClosed = _ => Fail();
        };
        TestPeer peer = Driver.Connect();
        if (where != "connected") Driver.Until(() => Driver.Served.Count == 2);
        if (where is "received") peer.Send([1]);
        if (where is "shut") peer.Shutdown();
        if (where == "closed") Driver.OnLoop(Driver.Served[1], static connection => connection.Close());
        if (where == "progress") Fill(Driver.Served[1]);
        Assert.Equal(where == "closed" ? PeerEnd.Fin : PeerEnd.Reset, peer.ReceiveEnd());
        Driver.Until(() => Driver.Loops[0].Exceptions.Count == 1);
        bystander.Send([1, 2, 3]);
        Assert.Equal([1, 2, 3], bystander.Receive(3));
        Driver.OnLoop(servedBystander, static _ => { });
        Assert.Equal("on purpose", Assert.Single(Driver.Loops[0].Exceptions).Message);
        Assert.Equal(1, servedBystander.Connection.Loop.ConnectionCount);
        if (where == "closed") Driver.Served.RemoveAt(1);
    }

    [Fact]
    public void AnExceptionInAPostedCallHarmsNobody()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.Connection.Loop.Post(static _ => throw new InvalidOperationException("on purpose"), null);
        Driver.Until(() => Driver.Loops[0].Exceptions.Count == 1);
        peer.Send([1]);
        Assert.Equal([1], peer.Receive(1));
    }

    [Fact]
    public void AnExceptionAtTheEndOfABatchDoesNotSpin()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        ServedLoop loop = Driver.Loops[0];
        int failures = 0;
        Driver.OnLoop(served, _ => loop.WhenBatchEnds = () =>
        {
            failures++;
            throw new InvalidOperationException("on purpose");
        });
        Driver.OnLoop(served, _ => loop.WhenBatchEnds = null);
        Assert.InRange(failures, 1, 6);
    }

    [Fact]
    public void PostedCallsOfEachThreadRunInOrderAndNoneIsLost()
    {
        TransportLoop loop = Driver.Loops[0].Loop;
        const int Threads = 4, Calls = 5000;
        var seen = new int[Threads];
        int total = 0, disorder = 0, foreign = 0;
        var threads = new Thread[Threads];
        for (int t = 0; t < Threads; t++)
        {
            int thread = t;
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < Calls; i++)
                {
                    int call = i;
                    loop.Post(
                        _ =>
                        {
                            if (!loop.IsCurrent) foreign++;
                            if (seen[thread]++ != call) disorder++;
                            Volatile.Write(ref total, total + 1);
                        },
                        null);
                }
            });
        }

        foreach (Thread thread in threads) thread.Start();
        Driver.Until(() => Volatile.Read(ref total) == Threads * Calls);
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal((0, 0), (disorder, foreign));
        Assert.False(loop.IsCurrent);
    }

    [Fact]
    public void ACallPostedByAPostedCallRunsLater()
    {
        TransportLoop loop = Driver.Loops[0].Loop;
        var order = new ConcurrentQueue<int>();
        Driver.OnLoop(loop, () =>
        {
            loop.Post(_ => order.Enqueue(2), null);
            order.Enqueue(1);
        });
        Driver.Until(() => order.Count == 2);
        Assert.Equal([1, 2], order);
    }

    [Fact]
    public void WhoAsksForATurnEachTimeHasOneInEachBatchAndTheOthersHaveTheirs()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        (TestPeer other, ServedConnection otherServed) = Driver.ConnectAndAccept();
        ServedLoop loop = Driver.Loops[0];
        var batches = new List<int>();
        otherServed.WhenReceived = Echo;
        served.WhenReceived = static (connection, _) =>
        {
            connection.RequestTurn();
            connection.RequestTurn();
        };
        served.WhenTurn = connection =>
        {
            lock (Driver.Gate) batches.Add(loop.Batches);
            if (served.Turns < 50) connection.RequestTurn();
        };
        peer.Send([1]);
        other.Send([2]);
        Assert.Equal([2], other.Receive(1));
        // Under the gate: the turn is counted before its callback has run.
        Driver.Until(() => batches.Count == 50);
        Assert.Equal(Enumerable.Range(batches[0], 50), batches);
        Assert.InRange(Driver.CountIdleBatches(loop.Loop), 0, 5);
    }

    [Fact]
    public void WhatIsWrittenInATurnLeavesInOneSend()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenTurn = static connection =>
        {
            for (byte i = 0; i < 200; i++) connection.Write([i], default);
            connection.ShutdownOutput();
        };
        Driver.OnLoop(served, static connection => connection.RequestTurn());
        Assert.Equal(200, peer.ReceiveOnce().Length);
        Assert.Equal(0, Pool.TotalRented);
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
    }

    [Fact]
    public void AConnectionThatIsClosedHasNoTurn()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection =>
        {
            connection.RequestTurn();
            connection.Close();
            connection.RequestTurn();
        });
        Driver.Until(() => served.Closings == 1);
        Driver.CountIdleBatches(served.Connection.Loop);
        Assert.Equal(0, served.Turns);
    }

    [Fact]
    public void ATurnThatThrowsEndsItsConnection()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        (TestPeer other, ServedConnection otherServed) = Driver.ConnectAndAccept();
        served.WhenTurn = static _ => throw new InvalidOperationException("on purpose");
        otherServed.WhenTurn = static connection => connection.Write([1], default);
        Driver.OnLoop(served, connection =>
        {
            connection.RequestTurn();
            otherServed.Connection.RequestTurn();
        });
        Driver.Until(() => served.Closings == 1);
        Assert.Equal([1], other.Receive(1));
        Assert.Equal("on purpose", Assert.Single(Driver.Loops[0].Exceptions).Message);
    }

    [Fact]
    public void AnAwaitComesBackToItsLoop()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        TransportLoop loop = served.Connection.Loop;
        var elsewhere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool? isBack = null;
        async void Work()
        {
            await elsewhere.Task;
            isBack = loop.IsCurrent;
        }

        Driver.OnLoop(served, _ => Work());
        Assert.Null(isBack);
        elsewhere.SetResult();
        Driver.Until(() => isBack is not null);
        Assert.True(isBack);
    }

    [Fact]
    public void ConnectionsGoToTheLoopWithTheFewest()
    {
        UseLoops(3);
        for (int i = 0; i < 9; i++) Driver.ConnectAndAccept();
        Assert.All(Driver.Loops, static loop => Assert.Equal(3, loop.Loop.ConnectionCount));
        TransportLoop second = Driver.Loops[1].Loop;
        foreach (ServedConnection served in Driver.Served.Where(it => it.Connection.Loop == second).Take(2).ToArray())
        {
            Driver.OnLoop(served, static connection => connection.Close());
        }

        Assert.Equal(1, second.ConnectionCount);
        Assert.Same(second, Driver.ConnectAndAccept().Served.Connection.Loop);
        Assert.Same(second, Driver.ConnectAndAccept().Served.Connection.Loop);
        Assert.All(Driver.Loops, static loop => Assert.Equal(3, loop.Loop.ConnectionCount));
    }

    [Fact]
    public void TheRemoteAddressIsThePeers()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Assert.Equal(peer.LocalEndPoint, served.Connection.RemoteAddress.ToIPEndPoint());
    }

    [Fact]
    public void AnIdleConnectionOwnsNoBuffer()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        for (int i = 0; i < 10; i++)
        {
            (TestPeer peer, _) = Driver.ConnectAndAccept();
            peer.Send(Pattern(10_000));
            peer.Receive(10_000);
        }

        Driver.OnLoop(Driver.Loops[0].Loop, static () => { });
        Assert.Equal(0, Pool.RentedCount);
    }

    [Fact]
    public void TheHandlerCanBeReplaced()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        var other = new ServedConnection(Driver, served.Connection);
        served.WhenReceived = (connection, _) => connection.Handler = other;
        peer.Send([1]);
        Driver.Until(() => served.ReceivedCalls == 1);
        peer.Send([2]);
        Driver.Until(() => other.ReceivedBytes == 1);
        Driver.OnLoop(served, connection => connection.Handler = served);
    }

    [Fact]
    public void TheLoopCallsAgainWhenItWasAskedTo()
    {
        // In memory, time is the test's.
        if (Driver is InMemoryDriver memory)
        {
            memory.Loops[0].WaitMs = 20;
            memory.Advance();
            Assert.Equal(20, ((Transport.InMemory.InMemoryTransport)memory.Transport).NextBatchMs);
            return;
        }

        ServedLoop loop = Driver.Loops[0];
        Driver.OnLoop(loop.Loop, () => loop.WaitMs = 1);
        int before = loop.Batches;
        Driver.Until(() => loop.Batches >= before + 5);
    }

    [Fact]
    public void OneWhoWritesWhenAnotherEndsIsHeard()
    {
        (TestPeer listener, ServedConnection servedListener) = Driver.ConnectAndAccept();
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenClosed = _ => servedListener.Connection.Write("left"u8, default);
        Driver.OnLoop(served, static connection => connection.Close());
        Assert.Equal("left"u8.ToArray(), listener.Receive(4));
    }

    [Fact]
    public void AfterStopListeningTheOldStayAndNewOnesAreRefused()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        Driver.Transport.StopListening();
        Assert.ThrowsAny<Exception>(() => Driver.Connect());
        peer.Send([1]);
        Assert.Equal([1], peer.Receive(1));
    }

    [Fact]
    public void DisposeClosesAllAndRunsWhatTheyPostThen()
    {
        UseLoops(2);
        int goodbyes = 0;
        Driver.WhenConnected = served => served.WhenClosed = connection =>
            connection.Loop.Post(_ => Interlocked.Increment(ref goodbyes), null);
        (TestPeer Peer, ServedConnection Served)[] all = [.. Enumerable.Range(0, 6).Select(_ => Driver.ConnectAndAccept())];
        Driver.OnLoop(all[0].Served, static connection => connection.PauseReading());
        all[0].Peer.Send([1]);
        int endedAfterAll = 0;
        foreach (ServedLoop loop in Driver.Loops)
        {
            loop.WhenEnded = () => endedAfterAll += loop.Loop.IsCurrent && loop.Loop.ConnectionCount == 0 ? 1 : 100;
        }

        Driver.Transport.Dispose();
        Assert.All(all, static one => Assert.Equal(1, one.Served.Closings));
        Assert.Equal(6, goodbyes);
        Assert.Equal(2, endedAfterAll);
        Assert.All(Driver.Loops, static loop => Assert.Equal(0, loop.Loop.ConnectionCount));
        // A loop that has ended takes calls and does nothing with them.
        Driver.Loops[0].Loop.Post(static _ => throw new InvalidOperationException(), null);
        Driver.Transport.Dispose();
    }

    [Fact]
    public void DisposeFindsAConnectionWhosePeerHungUpDuringAPause()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        peer.Send([1]);
        peer.Reset();
        Driver.CountIdleBatches(served.Connection.Loop);
        Driver.Transport.Dispose();
        Assert.Equal(1, served.Closings);
    }

    [Fact]
    public void ALoopCannotDisposeItsTransport()
    {
        Exception? failure = null;
        Driver.OnLoop(Driver.Loops[0].Loop, () => failure = Record.Exception(Driver.Transport.Dispose));
        Assert.IsType<InvalidOperationException>(failure);
    }
}
