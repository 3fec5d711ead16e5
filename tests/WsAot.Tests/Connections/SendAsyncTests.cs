using WsAot.Loops;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary>Sending that waits for room.</summary>
public sealed class SendAsyncTests : IDisposable
{
    private const int Limit = 1000;

    private static readonly byte[] s_message = new byte[98];    // 100 bytes as a frame

    private TestServer _server = new(static options => options.MaxPendingOutputBytes = Limit);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void With_room_it_completes_at_once_and_allocates_nothing()
    {
        long allocated = -1;
        _server.Script.OnText((connection, _) =>
        {
            for (int round = 0; round < 2; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 30; i++)
                {
#pragma warning disable CA2012 // A task would be allocated.
                    Assert.True(connection.SendBinaryAsync(s_message).IsCompletedSuccessfully);
                    Assert.True(connection.SendAsync("text").IsCompletedSuccessfully);
#pragma warning restore CA2012
                }

                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        });
        TestClient client = _server.Open("/script");
        client.Say("a");
        Assert.Equal(0, allocated);
        Assert.Equal(120, client.Drain().Count);
    }

    [Fact]
    public void A_slow_reader_paces_a_producer_and_nothing_is_lost()
    {
        var results = new List<SendResult>();
        _server.Script.Text = async (connection, _) =>
        {
            for (int i = 0; i < 200; i++) results.Add(await connection.SendAsync($"{i:D98}"));
        };
        TestClient client = _server.Open("/script");
        client.Peer.WindowBytes = 0;
        client.Say("a");
        // What the kernel refuses is seen when the turn ends; from then on the limit counts.
        int waiting = results.Count;
        Assert.InRange(waiting, 1, 199);
        _server.Run();
        Assert.Equal(waiting, results.Count);
        client.Peer.WindowBytes = 300;
        List<Frame> frames = client.Drain();
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"{i:D98}"), frames.Select(static frame => frame.Utf8));
        Assert.Equal(200, results.Count);
        Assert.DoesNotContain(SendResult.Refused, results);
    }

    [Fact]
    public void It_waits_until_half_of_the_limit_is_free()
    {
        TestClient client = Fill(out WsConnection connection);
        Task<SendResult> sent = connection.SendBinaryAsync(s_message).AsTask();
        _server.Run();
        while (!sent.IsCompleted)
        {
            Assert.InRange(connection.PendingOutputBytes, (Limit / 2) + 1, Limit);
            client.Peer.WindowBytes = 100;
            _server.Run();
            client.Peer.WindowBytes = 0;
            client.Next();
        }

        Assert.Equal((Limit / 2) + 100, connection.PendingOutputBytes);
        Assert.Equal(SendResult.Queued, ResultOf(sent));
        client.Peer.WindowBytes = int.MaxValue;
        client.Drain();
    }

    [Fact]
    public void Many_that_wait_go_out_in_order_and_later_ones_do_not_overtake_them()
    {
        TestClient client = Fill(out WsConnection connection);
        Task<SendResult>[] sent = [.. Enumerable.Range(0, 1000).Select(i => connection.SendAsync($"{i}").AsTask())];
        client.Peer.WindowBytes = int.MaxValue;
        // There is room by now, but not for those who come later.
        _server.Transport.RunBatch();
        Task<SendResult> last = connection.SendAsync("last").AsTask();
        string[] texts = [.. client.Drain().Where(static frame => frame.Opcode == 1).Select(static frame => frame.Utf8)];
        Assert.Equal([.. Enumerable.Range(0, 1000).Select(static i => $"{i}"), "last"], texts);
        Assert.All(sent.Append(last), static each => Assert.NotEqual(SendResult.Refused, ResultOf(each)));
    }

    [Fact]
    public void Sending_without_waiting_is_refused_meanwhile()
    {
        TestClient client = Fill(out WsConnection connection);
        Task<SendResult> sent = connection.SendAsync("waits").AsTask();
        _server.Run();
        Assert.Equal(SendResult.Refused, connection.Send("refused"));
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal("waits", client.Drain()[^1].Utf8);
        Assert.NotEqual(SendResult.Refused, ResultOf(sent));
    }

    [Fact]
    public void A_token_ends_the_waiting_of_its_message_alone()
    {
        using var source = new CancellationTokenSource();
        TestClient client = Fill(out WsConnection connection);
        Task<SendResult> first = connection.SendAsync("first").AsTask();
        Task<SendResult> cancelled = connection.SendAsync("cancelled", source.Token).AsTask();
        _server.Run();
        Task<SendResult> onItsWay = connection.SendAsync("on its way", source.Token).AsTask();
        Task<SendResult> last = connection.SendAsync("last", new CancellationTokenSource().Token).AsTask();
        source.Cancel();
        Assert.True(cancelled.IsCanceled);
        Assert.True(onItsWay.IsCanceled);
        Assert.True(connection.SendAsync("too late", source.Token).AsTask().IsCanceled);
        Assert.True(connection.SendBinaryAsync(s_message, source.Token).AsTask().IsCanceled);
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(["first", "last"], client.Drain().Where(static frame => frame.Opcode == 1).Select(static frame => frame.Utf8));
        Assert.NotEqual(SendResult.Refused, ResultOf(first));
        Assert.NotEqual(SendResult.Refused, ResultOf(last));
        // Nothing is left behind: what is sent next does not wait.
        Assert.True(connection.SendAsync("at once").AsTask().IsCompleted);
        _server.Run();
    }

    [Theory]
    [InlineData("close")]
    [InlineData("abort")]
    [InlineData("the client closes")]
    [InlineData("the client ends TCP")]
    [InlineData("the client resets TCP")]
    [InlineData("stop")]
    public void The_end_of_the_connection_refuses_what_waits(string how)
    {
        TestClient client = Fill(out WsConnection connection);
        Task<SendResult> waiting = connection.SendAsync("waiting").AsTask();
        _server.Run();
        Task<SendResult> onItsWay = connection.SendAsync("on its way").AsTask();
        Assert.False(waiting.IsCompleted);
        Task stopped = Task.CompletedTask;
        if (how == "close") connection.Close();
        else if (how == "abort") connection.Abort();
        else if (how == "the client closes") client.SendRaw(Frame.Close(1000));
        else if (how == "the client ends TCP") client.Shutdown();
        else if (how == "stop") stopped = _server.Server.StopAsync(new CancellationToken(canceled: true));
        else client.Reset();
        _server.Run();
        Assert.Equal(SendResult.Refused, ResultOf(waiting));
        Assert.Equal(SendResult.Refused, ResultOf(onItsWay));
        Assert.Equal(SendResult.Refused, ResultOf(connection.SendAsync("later").AsTask()));
        Assert.True(stopped.IsCompleted);
    }

    [Fact]
    public void A_thousand_that_wait_do_not_keep_other_connections_waiting()
    {
        Restart(turnUnits: 20 * TurnCosts.Message);
        TestClient client = Fill(out WsConnection connection);
        TestClient honest = _server.Open("/echo");
        Task<SendResult>[] sent = [.. Enumerable.Range(0, 1000).Select(_ => connection.SendAsync("").AsTask())];
        _server.Run();
        client.Peer.WindowBytes = int.MaxValue;
        int batches = 0;
        while (sent.Any(static each => !each.IsCompleted))
        {
            honest.Peer.Send(Frame.Text("in between"));
            int before = sent.Count(static each => each.IsCompleted);
            _server.Transport.RunBatch();
            Assert.InRange(sent.Count(static each => each.IsCompleted) - before, 0, 20);
            Assert.Equal("in between", honest.NextText());
            batches++;
        }

        Assert.InRange(batches, 50, 60);
        client.Drain();
    }

    [Fact]
    public void A_producer_whose_messages_all_find_room_does_not_keep_the_loop_for_itself()
    {
        Restart(turnUnits: 20 * TurnCosts.Message);
        int sent = 0;
        _server.Script.Text = async (connection, _) =>
        {
            for (; sent < 1000; sent++) await connection.SendAsync("");
        };
        TestClient client = _server.Open("/script");
        TestClient honest = _server.Open("/echo");
        client.Peer.Send(Frame.Text("a"));
        for (int before = 0; sent < 1000; before = sent)
        {
            honest.Peer.Send(Frame.Text("in between"));
            _server.Transport.RunBatch();
            Assert.InRange(sent - before, 0, 42);
            Assert.Equal("in between", honest.NextText());
        }

        Assert.Equal(1000, client.Drain().Count);
    }

    [Fact]
    public void Before_the_connection_is_open_it_is_refused_as_sending_is()
    {
        SendResult? result = null;
        _server.Script.Created = connection => result = connection.SendAsync("early").AsTask().Result;
        _server.Open("/script").ExpectNothing();
        Assert.Equal(SendResult.Refused, result);
    }

    private static SendResult ResultOf(Task<SendResult> sent)
    {
        Assert.True(sent.IsCompletedSuccessfully);
        return sent.Result;
    }

    /// <summary>A client that reads nothing, and whose output limit is reached.</summary>
    private TestClient Fill(out WsConnection connection)
    {
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 0;
        connection = _server.Server.GetConnections()[^1];
        while (connection.SendBinary(s_message) != SendResult.Refused) _server.Run();
        return client;
    }

    private void Restart(int turnUnits)
    {
        _server.Dispose();
        _server = new TestServer(static options => options.MaxPendingOutputBytes = Limit, build: builder => builder.TurnUnits = turnUnits);
    }
}
