using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

public sealed class HandlerFailureTests : IDisposable
{
    private readonly TestServer _server = new();

    private Script Script => _server.Script;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("open")]
    [InlineData("text")]
    [InlineData("binary")]
    [InlineData("pong")]
    public void A_handler_that_throws_closes_its_connection_with_1011_and_is_logged_once(string where) => Fail(where, Throw);

    [Theory]
    [InlineData("open")]
    [InlineData("text")]
    [InlineData("binary")]
    [InlineData("pong")]
    public void So_does_one_that_throws_after_an_await(string where) => Fail(where, static async () =>
    {
        await Task.Yield();
        throw new InvalidOperationException("oops");
    });

    [Fact]
    public void A_task_that_is_cancelled_while_the_connection_is_open_is_an_error()
    {
        Script.Text = static (_, _) => Task.FromCanceled(new CancellationToken(canceled: true));
        TestClient client = _server.Open("/script");
        client.Say("a");
        client.ExpectClose(1011);
        Assert.Single(_server.Log.Errors);
    }

    [Fact]
    public void Messages_after_the_one_that_threw_are_dropped()
    {
        Script.Text = async (_, _) =>
        {
            await Script.Gate.PassAsync();
            throw new InvalidOperationException("oops");
        };
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"));
        _server.LetOneGo();
        client.ExpectClose(1011);
        client.Say("c");
        client.Shutdown();
        Assert.Equal(["open", "text a", "close 1011 '' unclean"], _server.Journal);
    }

    [Fact]
    public void OnClose_that_throws_is_logged_and_harms_nobody()
    {
        Script.OnClose(static (_, _) => throw new InvalidOperationException("oops"));
        TestClient client = _server.Open("/script");
        TestClient other = _server.Open("/echo");
        client.Reset();
        Assert.Single(_server.Log.Errors);
        Assert.Equal(1, _server.Server.ConnectionCount);
        other.Say("still here");
        Assert.Equal("still here", other.NextText());
    }

    [Fact]
    public void A_callback_of_the_token_that_throws_is_logged_and_OnClose_comes_all_the_same()
    {
        Script.OnOpen(static connection => connection.ConnectionClosed.Register(static () => throw new InvalidOperationException("oops")));
        TestClient client = _server.Open("/script");
        client.Reset();
        Assert.Single(_server.Log.Errors);
        Assert.Equal("close 1006 '' unclean", _server.Journal[^1]);
    }

    [Fact]
    public void A_constructor_that_throws_is_answered_with_500_and_leaves_nothing_behind()
    {
        CancellationToken token = default;
        Script.Created = connection =>
        {
            token = connection.ConnectionClosed;
            connection.Subscribe("topic");
            throw new InvalidOperationException("oops");
        };
        TestClient client = _server.Connect();
        Assert.Equal(500, client.Ask("/script").StatusCode);
        Assert.True(client.Peer.IsServerShut);
        Assert.True(token.IsCancellationRequested);
        Assert.Single(_server.Log.Errors);
        Assert.Empty(_server.Journal);
        Assert.Equal(0, _server.Server.ConnectionCount);
        _server.Server.Publish("topic", "x");
        _server.Run();
        client.Shutdown();
        Assert.True(client.Peer.IsClosed);
    }

    private static Task Throw() => throw new InvalidOperationException("oops");

    private void Fail(string where, Func<Task> fail)
    {
        if (where == "open") Script.Opened = _ => fail();
        Script.Text = (_, _) => fail();
        Script.Binary = (_, _) => fail();
        Script.Pong = (_, _) => fail();
        TestClient other = _server.Open("/echo");
        TestClient client = _server.Open("/script");
        if (where == "text") client.SendRaw(Frame.Text("a"), Frame.Text("b"));
        if (where == "binary") client.SendRaw(Frame.Binary([1]), Frame.Binary([2]));
        if (where == "pong") client.SendRaw(Frame.Pong("a"), Frame.Pong("b"));
        client.ExpectClose(1011, "");
        Assert.True(client.Peer.IsServerShut);
        client.SendRaw(Frame.Close(1011));
        client.Shutdown();
        ListLog.Entry entry = Assert.Single(_server.Log.Errors);
        Assert.Equal("oops", entry.Exception!.Message);
        Assert.StartsWith("WsAot.Tests.Handlers.Scripted threw", entry.Message, StringComparison.Ordinal);
        Assert.Equal("close 1011 '' unclean", _server.Journal[^1]);
        other.Say("unharmed");
        Assert.Equal("unharmed", other.NextText());
    }
}
