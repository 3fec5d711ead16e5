using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

/// <summary>
/// A loop reads request after request into the same memory; a handler that keeps its request must not see the next one in it.
/// </summary>
public sealed class KeptRequestTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_request_that_a_handler_keeps_stays_as_it_was()
    {
        TestClient first = _server.Open("/kept/one", "X-Who: first");
        TestClient second = _server.Open("/kept/another", "X-Who: second");
        _server.Open("/echo", "X-Who: third");
        first.Say("X-Who");
        second.Say("X-Who");
        Assert.Equal("/kept/one one first /kept/one", first.NextText());
        Assert.Equal("/kept/another another second /kept/another", second.NextText());
    }

    [Fact]
    public void Connections_of_one_path_share_its_text()
    {
        _server.Open("/room/a");
        _server.Open("/room/%61");
        _server.Open("/room/b");
        string[] paths = [.. _server.Server.GetConnections().Select(static connection => connection.Path)];
        Assert.Equal(["/room/a", "/room/a", "/room/b"], paths);
        Assert.Same(paths[0], paths[1]);
    }
}
