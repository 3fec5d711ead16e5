using Microsoft.Extensions.DependencyInjection;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary>Handlers that can be disposed are: once, after everything else, however their connections end.</summary>
public sealed class DisposalTests : IDisposable
{
    private readonly TestServer _server = new(static options => options.MaxConnections = 1);

    private List<string> Journal => _server.Journal;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_handler_is_disposed_after_OnClose()
    {
        TestClient client = _server.Open("/disposed");
        client.Reset();
        Assert.Equal(["close", "disposed"], Journal);
    }

    [Fact]
    public void A_handler_is_disposed_when_an_asynchronous_OnClose_has_ended()
    {
        _server.Script.Closed = async (_, _) => await _server.Script.Gate.PassAsync();
        _server.Open("/disposed").Reset();
        Assert.Equal(["close"], Journal);
        _server.LetOneGo();
        Assert.Equal(["close", "disposed"], Journal);
    }

    [Fact]
    public void A_handler_is_disposed_when_what_it_was_doing_has_ended()
    {
        _server.Script.Text = async (_, text) =>
        {
            await _server.Script.Gate.PassAsync();
            Journal.Add(text);
        };
        TestClient client = _server.Open("/disposed");
        client.SendRaw(Frame.Text("one"), Frame.Text("two"));
        client.Reset();
        Assert.Empty(Journal);
        _server.LetOneGo();
        _server.LetOneGo();
        Assert.Equal(["one", "two", "close", "disposed"], Journal);
    }

    [Fact]
    public void DisposeAsync_stands_before_Dispose_and_a_handler_needs_no_OnClose()
    {
        _server.Open("/disposed-later").Reset();
        Assert.Equal(["open", "disposing", "disposed"], Journal);
    }

    [Fact]
    public void A_server_that_stops_waits_for_it()
    {
        _server.Script.Disposed = _server.Script.Gate.PassAsync;
        TestClient client = _server.Open("/disposed-later");
        Task stop = _server.Server.StopAsync();
        _server.Run();
        client.SendRaw(Frame.Close(1001));
        client.Shutdown();
        _server.Advance(100);
        Assert.Equal(["open", "disposing"], Journal);
        Assert.Equal(0, _server.Server.ConnectionCount);
        Assert.False(stop.IsCompleted);
        _server.LetOneGo();
        while (!stop.IsCompleted) _server.Advance(20);
        Assert.Equal(["open", "disposing", "disposed"], Journal);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id == 4);
    }

    [Fact]
    public async Task A_server_that_is_disposed_without_a_drain_disposes_its_handlers()
    {
        _server.Open("/disposed");
        await _server.Server.DisposeAsync();
        Assert.Equal(["close", "disposed"], Journal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_handler_that_cannot_be_disposed_is_logged_by_its_name(bool isLater)
    {
        _server.Script.Disposed = () => throw new InvalidOperationException("cannot be disposed");
        _server.Open(isLater ? "/disposed-later" : "/disposed").Reset();
        ListLog.Entry error = Assert.Single(_server.Log.Errors);
        Assert.Contains(
            isLater ? "WsAot.Tests.Handlers.DisposedLater" : "WsAot.Tests.Handlers.Disposed", error.Message, StringComparison.Ordinal);
        Assert.Equal("cannot be disposed", error.Exception!.Message);
        Assert.NotNull(_server.Open("/echo"));
    }

    [Fact]
    public void A_handler_whose_client_has_gone_before_the_answer_is_disposed()
    {
        TestClient client = _server.Connect();
        client.Peer.Send(TestClient.UpgradeRequest("/disposed-later"));
        client.Peer.Reset();
        _server.Run();
        Assert.Equal(1, Journal.Count(static line => line == "disposed"));
        Assert.Equal("disposed", Journal[^1]);
    }

    [Fact]
    public void A_handler_that_closes_its_connection_before_it_opens_is_disposed()
    {
        _server.Script.Created = static connection => connection.Abort();
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/disposed-later"));
        Assert.Equal(1, Journal.Count(static line => line == "disposed"));
        Assert.Equal("disposed", Journal[^1]);
    }

    [Fact]
    public void A_JSON_RPC_handler_is_disposed_when_its_calls_have_ended()
    {
        TestClient client = _server.Open("/disposed-rpc");
        client.Say("""{"jsonrpc":"2.0","method":"Wait","id":1}""");
        client.Say("""{"jsonrpc":"2.0","method":"Wait","id":2}""");
        client.Reset();
        _server.LetOneGo();
        Assert.Equal(["answered"], Journal);
        _server.LetOneGo();
        Assert.Equal(["answered", "answered", "disposed"], Journal);
    }

    [Fact]
    public void A_server_that_stops_waits_for_that_of_a_JSON_RPC_handler_whose_call_ends_last()
    {
        int unfinished = 0;
        _server.Script.Disposed = () =>
        {
            // The thread that stops the server may look at any time: nothing may be seen between the two.
            unfinished = _server.Server.Lifetime.UnfinishedCount;
            return _server.Script.Gate.PassAsync();
        };
        TestClient client = _server.Open("/disposed-rpc");
        client.Say("""{"jsonrpc":"2.0","method":"Wait","id":1}""");
        client.Reset();
        Task stop = _server.Server.StopAsync();
        _server.Run();
        _server.LetOneGo();
        _server.Advance(100);
        Assert.Equal(["answered"], Journal);
        Assert.True(unfinished > 0 && !stop.IsCompleted);
        _server.LetOneGo();
        while (!stop.IsCompleted) _server.Advance(20);
        Assert.Equal(["answered", "disposed"], Journal);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id == 4);
    }

    [Fact]
    public void A_JSON_RPC_method_takes_the_server()
    {
        TestClient client = _server.Open("/disposed-rpc");
        client.Say("""{"jsonrpc":"2.0","method":"Wait","id":1}""");
        _server.LetOneGo();
        Assert.Equal("""{"jsonrpc":"2.0","result":1,"id":1}""", client.NextText());
    }

    [Fact]
    public void A_constructor_that_throws_leaves_no_subscription_and_gives_its_place_back()
    {
        _server.Script.Created = static connection =>
        {
            connection.Subscribe("topic");
            throw new InvalidOperationException("oops");
        };
        TestClient client = _server.Connect();
        Assert.Equal(500, client.Ask("/disposed-later").StatusCode);
        Assert.Empty(Journal);
        Assert.Equal(0, _server.Server.Context.Topics.Count);
        client.Reset();
        Assert.Equal(0, _server.Server.Context.Connections.Taken);
        _server.Script.Created = null;
        Assert.NotNull(_server.Open("/disposed-later"));
    }

    [Fact]
    public void A_constructor_that_throws_ends_its_scope_with_what_the_container_made()
    {
        Script script = new();
        using var server = new TestServer(build: builder => builder.Services.Fallback = new ServiceCollection()
            .AddScoped(_ => new ConnectionResource(script))
            .BuildServiceProvider());
        server.Script.Created = static connection =>
        {
            connection.Services.GetRequiredService<ConnectionResource>().Note("made");
            throw new InvalidOperationException("oops");
        };
        TestClient client = server.Connect();
        Assert.Equal(500, client.Ask("/disposed-later").StatusCode);
        client.Reset();
        script.Gate.LetOneGo();
        server.Run();
        Assert.Equal(["1 made", "1 disposed"], script.Journal);
        Assert.True(SpinWait.SpinUntil(() => server.Server.Lifetime.UnfinishedCount == 0, TimeSpan.FromSeconds(30)));
    }
}
