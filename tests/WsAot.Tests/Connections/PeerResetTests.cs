using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary>A peer that is gone while its messages wait: nobody reads, so nobody would see the end of the input.</summary>
public sealed class PeerResetTests : IDisposable
{
    private readonly TestServer _server = new(static options => options.MaxPendingInputBytes = 10);

    private readonly List<string> _heard = [];

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_handler_that_waits_for_the_end_hears_of_it()
    {
        _server.Script.Text = static (connection, _) => Task.Delay(Timeout.Infinite, connection.ConnectionClosed);
        _server.Script.OnClose((_, close) => _heard.Add($"closed {close.Code}"));
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("is being handled"), Frame.Text("waits, and makes reading pause"));
        Assert.Empty(_heard);
        client.Peer.Reset();
        _server.Run();
        Assert.Equal(["closed 1006"], _heard);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id == 5);
    }
}
