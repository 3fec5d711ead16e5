using WsAot.Loops;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

/// <summary>
/// What a handler publishes after an <c>await</c> counts as what it publishes before: for its turn, and for back-pressure.
/// </summary>
public sealed class PublishingAfterAwaitTests : IDisposable
{
    private const int Messages = 300;

    private readonly TestServer _server = new(loops: 2);
    private readonly List<string> _heard = [];

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_publishes_faster_than_another_loop_delivers_is_not_read_until_it_has(bool throughServer)
    {
        byte[] large = new byte[64 * 1024];
        _server.Script.Text = async (connection, text) =>
        {
            _heard.Add(text);
            if (text != "many") return;
            await _server.Script.Gate.PassAsync();
            for (int i = 0; i < Messages; i++)
            {
                if (throughServer) connection.Server.PublishBinary("a", large);
                else connection.PublishBinary("a", large);
            }
        };
        TestClient publisher = _server.Open("/script");
        TestClient subscriber = _server.Open("/room/a");
        publisher.SendRaw(Frame.Text("many"), Frame.Text("then this"));
        _server.Script.Gate.LetOneGo();
        // The loop of the publisher goes on with the handler, and would take its next message; the other loop has yet to deliver.
        _server.Transport.RunBatch();
        Assert.Equal(["many"], _heard);
        _server.Run();
        Assert.Equal(["many", "then this"], _heard);
        Assert.Equal(Messages, subscriber.Drain().Count);
    }

    [Fact]
    public void Handlers_that_go_on_and_publish_much_leave_the_loop_to_others_in_between()
    {
        const int Subscribers = 1000;
        const int Publishers = 4;
        const int Each = (TurnCosts.Turn / Subscribers) + 1;
        using var server = new TestServer(static options => options.MaxConnections = 2 * Subscribers);
        server.Script.Text = async (connection, _) =>
        {
            await server.Script.Gate.PassAsync();
            for (int i = 0; i < Each; i++) connection.Server.Publish("everybody", "x");
            server.Journal.Add("published");
        };
        TestClient[] crowd = [.. Enumerable.Range(0, Subscribers).Select(_ => server.Open("/hall/1"))];
        TestClient[] publishers = [.. Enumerable.Range(0, Publishers).Select(_ => server.Open("/script"))];
        foreach (TestClient publisher in publishers) publisher.Say("go");
        for (int i = 0; i < Publishers; i++) server.Script.Gate.LetOneGo();
        for (int batch = 1; batch <= Publishers; batch++)
        {
            server.Transport.RunBatch();
            Assert.Equal(batch, server.Journal.Count(static line => line == "published"));
        }

        server.Run();
        Assert.Equal(Publishers * Each, crowd[0].Drain().Count);
    }

    [Fact]
    public void Handlers_of_two_connections_keep_their_own_contexts()
    {
        _server.Script.Text = async (connection, text) =>
        {
            for (int i = 0; i < 3; i++)
            {
                await Task.Yield();
                connection.Send($"{text}{i}");
            }
        };
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => _server.Open("/script"))];
        for (int i = 0; i < clients.Length; i++) clients[i].Peer.Send(Frame.Text($"{i}-"));
        _server.Run();
        for (int i = 0; i < clients.Length; i++) Assert.Equal($"{i}-0 {i}-1 {i}-2", clients[i].Texts());
    }
}
