using System.Runtime.CompilerServices;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

public sealed class StreamTests() : RpcTests(static options => options.MaxPendingOutputBytes = 100_000)
{
    private int _asked;
    private int _disposed;
    private Action<int> _onAsked = static _ => { };

    [Fact]
    public void Items_go_out_as_they_come_and_then_the_answer()
    {
        Script.Items = _ => Items(3, cancellationToken: default);
        Expect(Request("items", "[]", "\"x\""), Progress("\"x\"", "0"));
        Server.LetOneGo();
        ExpectAnswer(Progress("\"x\"", "1"));
        Expect(Request("sum", "[1,2,4]"), Result("7"));
        Server.LetOneGo();
        ExpectAnswer(Progress("\"x\"", "2"));
        Server.LetOneGo();
        ExpectAnswer(Result("null", "\"x\""));
        Assert.Equal(1, _disposed);
    }

    [Fact]
    public void A_stream_may_be_empty()
    {
        ExpectResult("items", "[]", "null");
        Expect($"[{Request("items")}]", $"[{Result("null")}]");
    }

    [Fact]
    public void A_notification_is_not_enumerated()
    {
        Script.Items = _ => Endless(10, default);
        Expect(Notification("items"), "");
        Assert.Equal(0, _asked);
    }

    [Fact]
    public void In_a_batch_items_go_out_by_themselves()
    {
        Script.Items = static _ => AsyncEnumerable.Repeat("a", 2);
        Client.Say($"[{Request("items")},{Request("sum", "[1,2,4]", "2")}]");
        Assert.Equal($"{Progress("1", "a")} {Progress("1", "a")} [{Result("null")},{Result("7", "2")}]", Client.Texts());
    }

    [Fact]
    public void Cancelling_ends_it_whether_it_heeds_the_token_or_not()
    {
        Script.Items = cancelled => Items(100, cancelled);
        Client.Say(Request("items"));
        ExpectAnswer(Progress("1", "0"));
        Expect(Notification("$/cancelRequest", "[1]"), Error(-32800, "Request cancelled", "1"));
        Assert.Equal(1, _disposed);

        Script.Items = _ => Stubborn();
        Client.Say(Request("items"));
        ExpectAnswer(Progress("1", "0"));
        Expect(Notification("$/cancelRequest", "[1]"), "");
        // The first of those at the gate is the one that was cancelled.
        Server.LetOneGo();
        Server.LetOneGo();
        ExpectAnswer(Error(-32800, "Request cancelled", "1"));
        Client.ExpectNothing();
        Assert.Equal(2, _disposed);
        Assert.Empty(Server.Log.Errors);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_it_throws_in_between_is_an_error(int good)
    {
        Script.Items = _ => Failing(good);
        Client.Say(Request("items"));
        for (int i = 0; i < good; i++) ExpectAnswer(Progress("1", "good"));
        ExpectAnswer(Error(3, "enough", "1"));
    }

    [Fact]
    public void An_item_that_cannot_be_written_ends_it_and_nothing_of_it_goes_out()
    {
        Script.PickyItems = _ => Picky();
        Client.Say(Request("picky/items"));
        ExpectAnswer(Progress("1", "good"));
        ExpectAnswer(Error(-32603, "Internal error", "1"));
        Client.ExpectNothing();
        Assert.Equal(1, _disposed);
        Assert.Single(Server.Log.Errors);
    }

    [Fact]
    public void A_slow_peer_slows_the_stream_down_and_nothing_else()
    {
        Client.Peer.WindowBytes = 1000;
        Script.Items = cancelled => Endless(500, cancelled);
        Client.Say(Request("items"));
        int asked = _asked;
        // What the kernel holds, half of what may wait, and what leaves before the kernel first refuses.
        Assert.InRange(asked, 80, 150);
        Assert.InRange(Script.Connection.PendingOutputBytes, 50_000, 75_000);
        Client.Say(Request("Answer", "[]", "2"));
        Client.Say(Request("Answer", "[]", "3"));
        Server.Advance(100);
        Assert.Equal(asked, _asked);

        int frames = 0;
        string last = "";
        while (_asked < 1000 && frames < 10_000)
        {
            while (Client.TryNext() is { } frame)
            {
                frames++;
                if (!frame.Utf8.Contains("progress", StringComparison.Ordinal)) last += frame.Utf8;
            }

            Server.Run();
            Assert.InRange(Script.Connection.PendingOutputBytes, 0, 75_000);
        }

        Assert.Equal(Result("\"answer\"", "2") + Result("\"answer\"", "3"), last);
    }

    [Fact]
    public void While_it_waits_for_the_peer_it_can_be_cancelled()
    {
        Client.Peer.WindowBytes = 1000;
        Script.Items = _ => Endless(500, default);
        Client.Say(Request("items"));
        Client.Say(Notification("$/cancelRequest", "[1]"));
        Assert.Equal(1, _disposed);
        Client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(Error(-32800, "Request cancelled", "1"), Client.Drain()[^1].Utf8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_ends_with_the_connection_also_while_it_waits_for_the_peer(bool isWaiting)
    {
        if (isWaiting) Client.Peer.WindowBytes = 1000;
        Script.Items = isWaiting ? _ => Endless(500, default) : _ => Items(100, default);
        Client.Say(Request("items"));
        Client.Reset();
        if (!isWaiting) Server.LetOneGo();
        Assert.Equal(1, _disposed);
        Assert.Equal(["open", "close 1006"], Server.Journal);
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void It_ends_when_nothing_can_be_sent_any_more()
    {
        Script.Items = _ => Items(100, default);
        Client.Say(Request("items"));
        Client.Next();
        Script.Connection.Close(4000);
        Server.Run();
        Server.LetOneGo();
        Client.ExpectClose(4000);
        Assert.Equal(1, _disposed);
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void A_stream_that_never_waits_leaves_the_loop_to_others()
    {
        TestClient other = Server.Open("/rpc");
        Script.Items = cancelled => Endless(1, cancelled, 100_000);
        Client.Peer.Send(Frame.Text(Request("items")));
        other.Peer.Send(Frame.Text(Request("Answer")));
        int asked = int.MaxValue;
        Script.Answer = () =>
        {
            asked = _asked;
            return "";
        };
        Server.Run();
        Assert.InRange(asked, 0, 1000);
        Assert.Equal(100_000, _asked);
    }

    [Fact]
    public void A_thousand_streams_that_never_wait_have_the_turn_of_their_connection_and_no_more()
    {
        const int Streams = 1000;
        const int Items = 20_000;
        TestClient many = Server.Open("/rpc/many");
        int atCall = 0;
        int atAnswer = 0;
        _onAsked = asked =>
        {
            if (asked != Items / 2) return;
            atCall = asked;
            Client.Peer.Send(Frame.Text(Request("Answer")));
        };
        Script.Items = cancelled => Endless(1, cancelled, Items);
        Script.Answer = () =>
        {
            atAnswer = _asked;
            return "";
        };
        many.Peer.Send(Enumerable.Range(0, Streams).SelectMany(static i => Frame.Text(Request("items", "[]", $"{i}"))).ToArray());
        Server.Run();
        Assert.InRange(atAnswer - atCall, 0, 2 * 1024);
        Assert.Equal((Items, Streams), (_asked, _disposed));
    }

    [Fact]
    public void While_streams_never_wait_their_connection_is_heard()
    {
        Script.Items = cancelled => Endless(1, cancelled, 100_000);
        Client.Peer.Send(Frame.Text(Request("items", "[]", "1")).Concat(Frame.Text(Request("items", "[]", "2"))).ToArray());
        Client.Peer.Send(Frame.Text(Notification("$/cancelRequest", "[1]")));
        Client.Peer.Send(Frame.Text(Notification("$/cancelRequest", "[2]")));
        Server.Run();
        Assert.InRange(_asked, 1, 5000);
        Assert.Equal(2, _disposed);
    }

    private static string Progress(string token, string value) =>
        $$$"""{"jsonrpc":"2.0","method":"$/progress","params":{"token":{{{token}}},"value":"{{{value}}}"}}""";

    private async IAsyncEnumerable<Picky> Picky()
    {
        try
        {
            yield return new Picky("good");
            await Task.Yield();
            yield return new Picky("json");
        }
        finally
        {
            _disposed++;
        }
    }

    private static async IAsyncEnumerable<string> Failing(int good)
    {
        for (int i = 0; i < good; i++) yield return "good";
        await Task.Yield();
        throw new JsonRpcException(3, "enough");
    }

    private async IAsyncEnumerable<string> Items(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                yield return $"{i}";
                await Server.Script.Gate.PassAsync().WaitAsync(cancellationToken);
            }
        }
        finally
        {
            _disposed++;
        }
    }

    /// <summary>Takes no token.</summary>
    private async IAsyncEnumerable<string> Stubborn()
    {
        try
        {
            for (int i = 0; ; i++)
            {
                yield return $"{i}";
                await Server.Script.Gate.PassAsync();
            }
        }
        finally
        {
            _disposed++;
        }
    }

    private async IAsyncEnumerable<string> Endless(
        int length, [EnumeratorCancellation] CancellationToken cancellationToken, int count = int.MaxValue)
    {
        try
        {
            string text = new('x', length);
            while (_asked < count)
            {
                _onAsked(++_asked);
                cancellationToken.ThrowIfCancellationRequested();
                yield return text;
            }

            await Task.CompletedTask;
        }
        finally
        {
            _disposed++;
        }
    }
}
