using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

/// <summary>What is rented comes back when the connection ends, and not only when the server does.</summary>
public sealed class BufferTests : IDisposable
{
    private readonly TestServer _server = new(static options => options.MaxPendingOutputBytes = 1000);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("idle")]
    [InlineData("in a head")]
    [InlineData("in a frame")]
    [InlineData("in a message")]
    [InlineData("in a ping")]
    [InlineData("with output that waits")]
    [InlineData("with input that waits")]
    [InlineData("after an error")]
    public void A_connection_that_ends(string when)
    {
        TestClient client = when == "in a head" ? _server.Connect() : _server.Open("/echo");
        int atRest = _server.Pool.LentCount;
        if (when == "in a head") client.SendRaw("GET / HT"u8.ToArray());
        if (when == "in a frame") client.SendRaw(Frame.Text("hello")[..^1]);
        if (when == "in a message") client.SendRaw(Frame.Text("hello", fin: false));
        if (when == "in a ping") client.SendRaw(Frame.Text("hello", fin: false), Frame.Ping("hello")[..^1]);
        if (when.StartsWith("with", StringComparison.Ordinal)) client.Peer.WindowBytes = 0;
        if (when == "with output that waits") client.Say("hello");
        if (when == "with input that waits") client.SendRaw(Frame.Binary(new byte[60_000]), Frame.Text("waits"));
        if (when == "after an error") client.SendRaw(Frame.Text("hello", fin: false), Frame.Text("no"));
        Assert.Equal(when is not ("idle" or "after an error"), _server.Pool.LentCount > atRest);
        client.Reset();
        Assert.Equal(0, _server.Pool.LentCount);
    }

    [Fact]
    public void An_idle_connection_has_none_after_messages_of_every_kind()
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw(Frame.Text("a", fin: false), Frame.Ping("b"), Frame.Continuation("c"), Frame.Binary(new byte[60_000]));
        foreach (byte value in Frame.Binary(new byte[200])) client.SendRaw([value]);
        client.SendRaw(Frame.Text("whole"));
        client.Drain();
        Assert.Equal(0, _server.Pool.LentCount);
    }
}
