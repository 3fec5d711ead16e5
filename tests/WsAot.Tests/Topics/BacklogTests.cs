using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

/// <summary>Publishing is bounded by what the other loops deliver.</summary>
public sealed class BacklogTests : IDisposable
{
    private const int Messages = 300;

    private readonly TestServer _server = new(loops: 2);

    private readonly List<string> _heard = [];

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Who_publishes_faster_than_another_loop_delivers_is_not_read_until_it_has()
    {
        byte[] large = new byte[64 * 1024];
        _server.Script.OnText((connection, text) =>
        {
            _heard.Add(text);
            for (int i = 0; i < Messages && text == "many"; i++) connection.PublishBinary("a", large);
        });
        TestClient publisher = _server.Open("/script");
        TestClient subscriber = _server.Open("/room/a");
        publisher.Peer.Send([.. Frame.Text("many"), .. Frame.Text("then this")]);
        _server.Transport.RunBatch();
        Assert.Equal(["many"], _heard);
        _server.Run();
        Assert.Equal(["many", "then this"], _heard);
        Assert.Equal(Messages, subscriber.Drain().Count);
    }
}
