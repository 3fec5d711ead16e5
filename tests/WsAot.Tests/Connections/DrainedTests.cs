using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary><see cref="OnDrainedAttribute"/>: when the handler hears that there is room again.</summary>
public sealed class DrainedTests : IDisposable
{
    private const int Limit = 1000;

    private static readonly byte[] s_message = new byte[98];    // 100 bytes as a frame

    private readonly TestServer _server = new();
    private readonly TestClient _client;
    private readonly WsConnection _connection;

    public DrainedTests()
    {
        _client = _server.Open("/producer");
        _connection = _server.Server.GetConnections()[0];
        _client.Peer.WindowBytes = 0;
    }

    private List<string> Journal => _server.Journal;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void It_comes_once_after_a_refusal_when_half_of_the_limit_is_free()
    {
        Fill();
        Assert.Equal(SendResult.Refused, SendOnLoop());
        Read(100);
        Assert.Empty(Journal);
        ReadHalf();
        Assert.Equal([$"drained at {_connection.PendingOutputBytes}"], Journal);
        ReadAll();
        Assert.Single(Journal);
    }

    [Fact]
    public void It_comes_after_a_published_message_was_dropped()
    {
        _connection.Subscribe("a");
        _server.Run();
        for (int i = 0; i < 12; i++)
        {
            _server.Server.PublishBinary("a", s_message);
            _server.Run();
        }

        ReadAll();
        Assert.Single(Journal);
    }

    [Fact]
    public void It_comes_after_the_client_was_not_read()
    {
        _server.Script.OnText(static (connection, _) => connection.SendBinary(s_message));
        for (int i = 0; i < 20; i++) _client.Peer.Send(Frame.Text("a"));
        _server.Run();
        int heard = Journal.Count;
        Assert.InRange(heard, 10, 12);
        for (int i = 0; i < 10 && Journal.Count == heard; i++) Read(100);
        // Before the messages that wait.
        Assert.Equal(["drained at 500", "text a"], Journal.Skip(heard).Take(2));
        ReadAll();
        Assert.Equal(20, Journal.Count(static line => line == "text a"));
    }

    [Fact]
    public void It_comes_after_a_refusal_on_another_thread_which_the_loop_is_told_once()
    {
        while (_connection.SendBinary(s_message) != SendResult.Refused)
        {
        }

        for (int i = 0; i < 1000; i++) Assert.Equal(SendResult.Refused, _connection.SendBinary(s_message));
        _client.Peer.WindowBytes = int.MaxValue;
        _server.Run();
        Assert.Equal(["drained at 0"], Journal);
        _client.Drain();
    }

    [Fact]
    public void It_comes_after_a_message_waited()
    {
        Fill();
        Task<SendResult> sent = _connection.SendBinaryAsync(s_message).AsTask();
        _server.Run();
        ReadAll();
        Assert.Single(Journal);
        Assert.True(sent.IsCompletedSuccessfully);
    }

    [Fact]
    public void Without_a_refusal_it_does_not_come()
    {
        for (int i = 0; i < 5; i++) _connection.SendBinary(s_message);
        _server.Run();
        ReadAll();
        Assert.Empty(Journal);
    }

    [Fact]
    public void A_method_that_waits_for_it_goes_on()
    {
        var drained = new TaskCompletionSource();
        _server.Script.Text = async (connection, _) =>
        {
            while (connection.SendBinary(s_message) != SendResult.Refused) await Task.Yield();
            await drained.Task;
            connection.Send("goes on");
        };
        _server.Script.Drained = _ =>
        {
            drained.TrySetResult();
            return Task.CompletedTask;
        };
        _client.Say("a");
        Assert.Equal("goes on", ReadAll()[^1].Utf8);
    }

    [Fact]
    public void Messages_wait_for_an_asynchronous_one_and_so_does_the_next_and_the_end()
    {
        _server.Script.Drained = async _ => await _server.Script.Gate.PassAsync();
        Fill();
        SendOnLoop();
        ReadAll();
        _client.Say("waits");
        _client.Peer.WindowBytes = 0;
        Fill();
        SendOnLoop();
        ReadAll();
        Assert.Equal(["drained at 0"], Journal);
        _server.LetOneGo();
        Assert.Equal(["drained at 0", "drained at 0"], Journal);
        _client.Reset();
        Assert.Equal(2, Journal.Count);
        _server.LetOneGo();
        Assert.Equal(["drained at 0", "drained at 0", "text waits", "close 1006"], Journal);
    }

    [Fact]
    public void A_server_that_stops_waits_for_it_and_for_the_OnClose_behind_it()
    {
        _server.Script.Drained = async _ => await _server.Script.Gate.PassAsync();
        int unfinished = 0;
        _server.Script.Closed = (_, _) =>
        {
            // The thread that stops the server may look at any time: nothing may be seen between the two.
            unfinished = _server.Server.Lifetime.UnfinishedCount;
            return _server.Script.Gate.PassAsync();
        };
        Fill();
        Assert.Equal(SendResult.Refused, _connection.SendBinary(s_message));
        _server.Run();
        ReadAll();
        _client.Reset();
        Task stop = _server.Server.StopAsync();
        _server.Advance(100);
        Assert.Equal(["drained at 0"], Journal);
        Assert.False(stop.IsCompleted);
        _server.LetOneGo();
        _server.Advance(100);
        Assert.Equal(["drained at 0", "close 1006"], Journal);
        Assert.True(unfinished > 0 && !stop.IsCompleted);
        _server.LetOneGo();
        while (!stop.IsCompleted) _server.Advance(20);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id == 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_it_throws_closes_with_1011(bool isAsynchronous)
    {
        _server.Script.Drained = async _ =>
        {
            if (isAsynchronous) await Task.Yield();
            throw new InvalidOperationException("broken");
        };
        Fill();
        SendOnLoop();
        _client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(1011, _client.Drain()[^1].CloseCode);
        Assert.Single(_server.Log.Errors);
        _client.Reset();
    }

    [Fact]
    public void It_does_not_come_once_the_connection_is_closing()
    {
        Fill();
        SendOnLoop();
        _connection.Close();
        _server.Run();
        ReadAll();
        Assert.Empty(Journal);
    }

    [Fact]
    public void A_JSON_RPC_handler_hears_of_it_and_its_methods_wait_for_room()
    {
        TestClient client = _server.Open("/rpc-producer");
        client.Peer.WindowBytes = 0;
        client.Say("""{"jsonrpc":"2.0","method":"Produce","params":[1000],"id":1}""");
        Assert.Empty(Journal);
        client.Peer.WindowBytes = 200;
        List<Frame> frames = client.Drain();
        Assert.Equal(1001, frames.Count);
        Assert.Contains("\"result\":1000", frames[^1].Utf8, StringComparison.Ordinal);
        Assert.Contains("drained", Journal);
    }

    private void Fill()
    {
        while (_connection.PendingOutputBytes < Limit)
        {
            _connection.SendBinary(s_message);
            _server.Run();
        }
    }

    /// <summary>Sends on the connection's loop, where a refusal does not depend on what is posted.</summary>
    private SendResult SendOnLoop()
    {
        SendResult? result = null;
        TestClient other = _server.Open("/script");
        _server.Script.Text = (connection, _) =>
        {
            result = _connection.SendBinary(s_message);
            return Task.CompletedTask;
        };
        other.Say("send");
        _server.Script.Text = null;
        other.Reset();
        Journal.RemoveAll(static line => line is "open" or "text send" || line.StartsWith("close 1006 ", StringComparison.Ordinal));
        return result!.Value;
    }

    private void Read(int bytes)
    {
        _client.Peer.WindowBytes = bytes;
        _client.TryNext();
        _server.Run();
        _client.Peer.WindowBytes = 0;
    }

    private void ReadHalf()
    {
        while (_connection.PendingOutputBytes > Limit / 2)
        {
            Assert.DoesNotContain(Journal, static line => line.StartsWith("drained", StringComparison.Ordinal));
            Read(100);
        }
    }

    private List<Frame> ReadAll()
    {
        _client.Peer.WindowBytes = int.MaxValue;
        return _client.Drain();
    }
}
