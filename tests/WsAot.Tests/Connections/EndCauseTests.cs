using WsAot.Connections;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary>What has begun the end of a connection is known, whatever follows from it.</summary>
public sealed class EndCauseTests : IDisposable
{
    private readonly TestServer _server = new(static options => (options.IdleTimeoutMs, options.PingIntervalMs) = (60_000, 0));

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_connection_that_is_open_has_none() => Assert.Equal(EndCause.None, Ended(static _ => { }));

    [Fact]
    public void The_peer_closes() => Assert.Equal(EndCause.PeerClosed, Ended(static client => client.SendRaw(Frame.Close(1000))));

    [Fact]
    public void The_peer_sends_a_FIN_without_a_close_frame() =>
        Assert.Equal(EndCause.PeerShutdown, Ended(static client => client.Shutdown()));

    [Fact]
    public void The_peer_resets() => Assert.Equal(EndCause.PeerReset, Ended(static client => client.Reset()));

    [Fact]
    public void The_peer_breaks_the_protocol() =>
        Assert.Equal(EndCause.ProtocolError, Ended(static client => client.SendRaw([0xFF, 0x80])));

    [Fact]
    public void The_peer_sends_no_message() => Assert.Equal(EndCause.IdleTimeout, Ended(_ => _server.Advance(61_000)));

    [Fact]
    public void The_application_closes()
    {
        _server.Script.OnText(static (connection, _) => connection.Close(4000));
        Assert.Equal(EndCause.Closed, Ended(static client => client.Say("go")));
    }

    [Fact]
    public void The_application_aborts()
    {
        _server.Script.OnText(static (connection, _) => connection.Abort());
        Assert.Equal(EndCause.Aborted, Ended(static client => client.Say("go")));
    }

    [Fact]
    public void The_handler_throws()
    {
        _server.Script.OnText(static (_, _) => throw new InvalidOperationException("on purpose"));
        Assert.Equal(EndCause.HandlerFailed, Ended(static client => client.Say("go")));
        Assert.Single(_server.Log.Errors);
    }

    [Fact]
    public void The_handler_does_not_take_binary() =>
        Assert.Equal(EndCause.UnsupportedData, Ended(static client => client.SendRaw(Frame.Binary([1])), "/text-only"));

    [Fact]
    public void The_first_cause_stays()
    {
        _server.Script.OnText(static (connection, _) => connection.Close(4000));
        Assert.Equal(EndCause.Closed, Ended(static client =>
        {
            client.Say("go");
            client.SendRaw(Frame.Close(4000));
            client.Shutdown();
        }));
    }

    private EndCause Ended(Action<TestClient> end, string path = "/script")
    {
        TestClient client = _server.Open(path);
        Session session = _server.Server.GetConnections()[0].Session;
        end(client);
        return session.EndCause;
    }
}
