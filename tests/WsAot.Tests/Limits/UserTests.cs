using WsAot.Connections;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Limits;

/// <summary>What one user may have, whom the application names.</summary>
public sealed class UserTests : IDisposable
{
    private TestServer _server = Create(static options => options.MaxConnectionsPerUser = 2);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_user_is_known_to_the_connection()
    {
        Open("ann");
        Assert.Equal("ann", Assert.Single(_server.Server.GetConnections()).User);
        _server.Script.Upgrade = static (_, _) => new(WsUpgrade.Accept());
        _server.Open("/script");
        Assert.Null(_server.Server.GetConnections()[1].User);
        Assert.Equal("bob", WsUpgrade.AcceptWith(1, "v1").WithHeader("X-A", "b").WithUser("bob").WithHeader("X-B", "c").User);
        Assert.Equal(2, WsUpgrade.AcceptWith(1).WithHeader("X-A", "b").WithUser("bob").WithHeader("X-B", "c").Headers.Count);
        Assert.Equal("bob", WsUpgrade.Accept("v1").WithUser("bob").WithHeader("X-B", "c").User);
        Assert.Throws<ArgumentException>(static () => WsUpgrade.Accept().WithUser(""));
        WsUpgrade<int> rejected = WsUpgrade.Reject(401);
        Assert.Equal((401, null), (rejected.WithUser("ann").StatusCode, rejected.WithUser("ann").User));
    }

    [Fact]
    public void Beyond_the_limit_a_user_gets_429_until_one_has_ended_and_the_handler_is_not_made()
    {
        TestClient first = Open("ann");
        Open("ann");
        Open("bob");
        Response refused = Ask("ann");
        Assert.Equal(429, refused.StatusCode);
        Assert.Equal("429 Too Many Requests: the user has the maximum of 2 connections\n", refused.Body);
        Assert.Equal(3, _server.Journal.Count(static line => line == "open"));
        Assert.EndsWith(
            "(see --max-connections-per-user)", _server.Log.Entries.First(static entry => entry.Id == 7).Message, StringComparison.Ordinal);
        Assert.Contains(_server.Log.Entries, static entry => entry.Id == 82 && entry.Message.EndsWith(" ann.", StringComparison.Ordinal));
        first.Reset();
        Open("ann");
        Assert.Equal(429, Ask("ann").StatusCode);
    }

    [Fact]
    public void The_oldest_makes_room_where_that_is_wanted()
    {
        Restart(static options => (options.MaxConnectionsPerUser, options.UserLimitPolicy) = (2, UserLimitPolicy.Replace));
        TestClient[] clients = [Open("ann"), Open("ann"), Open("bob"), Open("ann"), Open("ann")];
        Session[] sessions = [.. _server.Server.GetConnections().Select(static connection => connection.Session)];
        clients[0].ExpectClose(1008, "a newer connection of the same user takes its place");
        clients[1].ExpectClose(1008);
        foreach (TestClient client in clients[2..]) client.ExpectNothing();
        Assert.Equal([EndCause.Replaced, EndCause.Replaced, EndCause.None], sessions[..3].Select(static session => session.EndCause));
        // The one that was replaced ends later, and takes no place with it.
        clients[0].Reset();
        clients[1].Reset();
        Open("ann");
        clients[3].ExpectClose(1008);
        clients[4].ExpectNothing();
    }

    [Fact]
    public void Connections_on_other_loops_are_replaced_too()
    {
        _server.Dispose();
        _server = Create(static options => (options.MaxConnectionsPerUser, options.UserLimitPolicy) = (1, UserLimitPolicy.Replace), 2);
        TestClient[] clients = [Open("ann"), Open("ann"), Open("ann")];
        _server.Run();
        clients[0].ExpectClose(1008);
        clients[1].ExpectClose(1008);
        clients[2].ExpectNothing();
    }

    [Theory]
    [InlineData("not made")]
    [InlineData("aborted")]
    [InlineData("closed")]
    public void However_a_connection_ends_its_place_is_free_again(string how)
    {
        if (how == "aborted") _server.Script.OnOpen(static connection => connection.Abort());
        if (how == "not made") _server.Script.Created = static _ => throw new InvalidOperationException("oops");
        for (int i = 0; i < 5; i++)
        {
            TestClient client = _server.Connect();
            client.SendRaw(TestClient.UpgradeRequest("/script", "X-User: ann"));
            client.Shutdown();
        }

        Assert.Equal(0, _server.Server.Context.Limits.Users.Count);
    }

    private static TestServer Create(Action<WsServerOptions> configure, int loops = 1)
    {
        var server = new TestServer(configure, loops);
        server.Script.Upgrade = static (request, _) => new(WsUpgrade.Accept().WithUser(request.GetHeader("X-User")!));
        return server;
    }

    private Response Ask(string user) => _server.Connect().Ask("/script", "X-User: " + user);

    private TestClient Open(string user) => _server.Open("/script", "X-User: " + user);

    private void Restart(Action<WsServerOptions> configure)
    {
        _server.Dispose();
        _server = Create(configure);
    }
}
