using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

public sealed class UserStateTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void It_is_null_until_it_is_set_and_any_thread_sees_it()
    {
        _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[0];
        Assert.Null(connection.UserState);
        connection.UserState = null;
        Assert.Null(connection.GetUserState<string>());
        var setter = new Thread(() => connection.UserState = "ann");
        setter.Start();
        setter.Join();
        Assert.Equal("ann", connection.GetUserState<string>());
        Assert.Null(connection.GetUserState<Version>());
        connection.UserState = 5;
        Assert.Equal(5, connection.UserState);
        connection.UserState = null;
        Assert.Null(connection.UserState);
    }

    [Fact]
    public void It_is_there_from_the_constructor_until_after_the_end()
    {
        object? seen = null;
        _server.Script.Created = static connection => connection.UserState = "set by the constructor";
        _server.Script.OnClose((connection, _) => seen = connection.UserState);
        TestClient client = _server.Open("/script");
        client.Reset();
        Assert.Equal("set by the constructor", seen);
    }

    [Fact]
    public void Threads_that_set_it_and_wait_for_room_at_once_share_one_object()
    {
        TestClient client = _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[0];
        using var start = new Barrier(4);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            connection.UserState ??= i;
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.NotNull(connection.UserState);
        client.Reset();
    }
}
