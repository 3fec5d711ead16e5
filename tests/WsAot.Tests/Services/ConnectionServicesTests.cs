using Microsoft.Extensions.DependencyInjection;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Services;

/// <summary>Microsoft's container behind the server's services: each connection has a scope of its own.</summary>
public sealed class ConnectionServicesTests : IDisposable
{
    private readonly TestServer _server = new(build: static builder =>
    {
        Script script = builder.Services.GetRequiredService<Script>();
        builder.Services.Fallback = new ServiceCollection()
            .AddScoped(_ => new ConnectionResource(script))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    });

    private List<string> Journal => _server.Journal;

    public void Dispose()
    {
        while (_server.Script.Gate.WaitingCount > 0) _server.LetOneGo();
        // The container goes on on the thread pool when something has been disposed.
        Assert.True(SpinWait.SpinUntil(() => _server.Server.Lifetime.UnfinishedCount == 0, TimeSpan.FromSeconds(30)));
        _server.Dispose();
    }

    [Fact]
    public void A_scope_lasts_from_the_upgrade_until_the_handler_has_ended()
    {
        TestClient client = _server.Open("/in-scope");
        client.Say("same: ");
        Assert.Equal("same: True", client.NextText());
        client.Reset();
        Assert.Equal(["1 asked", "1 opened"], Journal);
        _server.LetOneGo();
        Assert.Equal(["1 asked", "1 opened", "1 closed"], Journal);
        _server.LetOneGo();
        Assert.Equal(["1 asked", "1 opened", "1 closed", "1 disposed"], Journal);
    }

    [Fact]
    public void Each_connection_has_its_own()
    {
        TestClient[] clients = [_server.Open("/in-scope"), _server.Open("/in-scope")];
        Assert.Equal(["1 asked", "1 opened", "2 asked", "2 opened"], Journal);
        foreach (TestClient client in clients) client.Reset();
        _server.LetOneGo();
        _server.LetOneGo();
        Assert.Equal(["1 closed", "2 closed"], Journal[4..]);
    }

    [Theory]
    [InlineData("reject", 401)]
    [InlineData("throw", 500)]
    public void It_ends_with_an_upgrade_that_comes_to_nothing(string how, int statusCode)
    {
        TestClient client = _server.Connect();
        Assert.Equal(statusCode, client.Ask("/in-scope?" + how).StatusCode);
        client.Reset();
        _server.LetOneGo();
        Assert.Equal(["1 asked", "1 disposed"], Journal);
    }

    [Fact]
    public void It_ends_with_an_upgrade_whose_client_has_gone()
    {
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/in-scope?wait"));
        client.Reset();
        Assert.Empty(Journal);
        _server.LetOneGo();
        _server.LetOneGo();
        Assert.Equal(["1 asked", "1 disposed"], Journal);
    }

    [Fact]
    public void It_ends_with_a_handler_that_could_not_be_made()
    {
        _server.Script.Created = static connection =>
        {
            connection.Services.GetRequiredService<ConnectionResource>().Note("made");
            throw new InvalidOperationException("oops");
        };
        TestClient client = _server.Connect();
        Assert.Equal(500, client.Ask("/script").StatusCode);
        client.Reset();
        _server.LetOneGo();
        Assert.Equal(["1 made", "1 disposed"], Journal);
    }

    [Fact]
    public void A_handler_that_takes_nothing_of_the_container_has_none()
    {
        TestClient client = _server.Open("/script");
        client.Say("a");
        client.Reset();
        Assert.Equal(0, _server.Script.ResourceCount);
        Assert.Equal(0, _server.Script.Gate.WaitingCount);
    }

    [Fact]
    public void What_is_asked_for_after_the_end_is_refused()
    {
        WsConnection? kept = null;
        _server.Script.Created = connection => kept = connection;
        _server.Open("/script").Reset();
        Assert.Throws<ObjectDisposedException>(() => kept!.Services.GetService(typeof(ConnectionResource)));
        Assert.Same(_server.Script, kept!.Services.GetService(typeof(Script)));
    }

    [Fact]
    public async Task Two_threads_that_ask_at_once_are_given_one_scope()
    {
        _server.Open("/script");
        IServiceProvider services = _server.Server.GetConnections()[0].Services;
        using var together = new Barrier(2);
        object?[] given = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            together.SignalAndWait();
            return services.GetService(typeof(ConnectionResource));
        })));
        Assert.Same(given[0], given[1]);
        _server.Server.GetConnections()[0].Abort();
        _server.Run();
    }
}
