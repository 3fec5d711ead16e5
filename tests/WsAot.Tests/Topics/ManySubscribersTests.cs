using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

/// <summary>A message to more subscribers than a turn pays for goes on in the next batches, and all get it once and in order.</summary>
public sealed class ManySubscribersTests : IDisposable
{
    private const int Members = 250;
    private const int EachTurn = 96;
    private const int FrameBytes = 5;

    private readonly List<string> _said = [];
    private TestServer _server = new(build: static builder => builder.TurnUnits = EachTurn);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void It_reaches_so_many_in_each_batch_while_others_are_served()
    {
        TestClient[] members = Join(Members);
        TestClient honest = _server.Open("/echo");
        TestClient publisher = Publisher();
        publisher.Peer.Send([.. Frame.Text("one"), .. Frame.Text("two")]);
        for (int heard = EachTurn; heard < Members; heard += EachTurn)
        {
            honest.Peer.Send(Frame.Text("in between"));
            _server.Transport.RunBatch();
            Assert.Equal("in between", honest.NextText());
            // The first batch has the publisher's turn and one for what that left; then the publisher is held.
            if (heard == EachTurn) heard += EachTurn;
            Assert.Equal(heard, members.Count(static member => member.Peer.Received.Length == FrameBytes));
            Assert.Equal(0, _server.Transport.NextBatchMs);
            Assert.Equal(["one"], _said);
        }

        _server.Run();
        Assert.Equal(["one", "two"], _said);
        Assert.All(members, static member => Assert.Equal("one two", member.Texts()));
    }

    [Fact]
    public void What_another_thread_publishes_does_too()
    {
        TestClient[] members = Join(Members);
        _server.Server.Publish("hall", "one");
        _server.Server.Publish("hall", "two");
        _server.Transport.RunBatch();
        Assert.Equal(2 * EachTurn, members.Count(static member => member.Peer.Received.Length == FrameBytes));
        _server.Run();
        Assert.All(members, static member => Assert.Equal("one two", member.Texts()));
        Assert.Equal(0, Backlog);
    }

    [Fact]
    public void And_what_is_sent_to_all_connections()
    {
        TestClient[] clients = [.. Enumerable.Range(0, Members).Select(_ => _server.Open("/echo"))];
        _server.Server.SendToAll("one"u8);
        _server.Transport.RunBatch();
        clients[0].Peer.Reset();
        clients[Members - 1].Peer.Reset();
        _server.Server.SendToAll("two"u8);
        _server.Run();
        Assert.All(clients[1..^1], static client => Assert.Equal("one two", client.Texts()));
    }

    /// <summary>Who leaves makes room in the list for somebody else: nobody may be left out for it, or get a message twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Members_come_and_go_meanwhile(int loops)
    {
        _server.Dispose();
        _server = new TestServer(loops: loops, build: static builder => builder.TurnUnits = 20);
        var random = new Random(7);
        for (int round = 0; round < 100; round++)
        {
            List<TestClient> stay = [.. Join(random.Next(1, 60))];
            List<TestClient> go = [];
            string expected = "";
            for (int message = 0; message < 5; message++)
            {
                expected = $"{expected} {message}".Trim();
                _server.Server.Publish("hall", $"{message}");
                for (int batches = random.Next(4); batches > 0; batches--) _server.Transport.RunBatch();
                for (int leaving = random.Next(5); leaving > 0 && stay.Count > 0; leaving--)
                {
                    int index = random.Next(stay.Count);
                    stay[index].Peer.Send(Frame.Text("leave"));
                    go.Add(stay[index]);
                    stay.RemoveAt(index);
                }
            }

            _server.Run();
            foreach (TestClient member in stay) Assert.Equal(expected, member.Texts());
            // Who left has heard the beginning, without a gap.
            foreach (TestClient member in go) Assert.StartsWith(member.Texts(), expected, StringComparison.Ordinal);
            foreach (TestClient member in stay.Concat(go)) member.Peer.Reset();
            _server.Run();
        }

        Assert.Equal(0, Backlog);
    }

    [Fact]
    public void Who_joins_meanwhile_does_not_hear_what_is_under_way_and_hears_the_next()
    {
        TestClient[] members = Join(Members);
        TestClient publisher = Publisher();
        publisher.Peer.Send(Frame.Text("one"));
        _server.Transport.RunBatch();
        Assert.Contains(members, static member => member.Peer.Received.Length == 0);
        TestClient late = _server.Connect();
        late.Peer.Send(TestClient.UpgradeRequest("/room/hall"));
        _server.Run();
        late.ReadResponse();
        late.ExpectNothing();
        publisher.Say("two");
        Assert.Equal("two", late.Texts());
    }

    [Fact]
    public void A_publisher_that_ends_while_it_is_held_leaves_nothing()
    {
        TestClient[] members = Join(Members);
        TestClient publisher = Publisher();
        publisher.Peer.Send([.. Frame.Text("one"), .. Frame.Text("two")]);
        _server.Transport.RunBatch();
        publisher.Peer.Reset();
        _server.Run();
        Assert.All(members, static member => Assert.StartsWith("one", member.Texts(), StringComparison.Ordinal));
        Assert.Equal(Members, _server.Server.ConnectionCount);
        Assert.Equal(0, Backlog);
    }

    [Fact]
    public void A_topic_that_all_have_left_meanwhile_keeps_nothing()
    {
        TestClient[] members = Join(Members);
        _server.Server.Publish("hall", "one");
        _server.Transport.RunBatch();
        foreach (TestClient member in members) member.Peer.Reset();
        _server.Run();
        Assert.Equal(0, Backlog);
        Assert.Equal(0, _server.Server.Context.Topics.Count);
    }

    [Fact]
    public void With_a_full_backlog_it_is_delivered_at_once_and_not_dropped()
    {
        _server.Dispose();
        _server = new TestServer(build: static builder =>
        {
            builder.TurnUnits = EachTurn;
            builder.Backlog = new WsAot.Topics.DeliveryBacklog(10);
        });
        TestClient[] members = Join(Members);
        Publisher().Peer.Send(Frame.Text("one"));
        _server.Transport.RunBatch();
        Assert.All(members, static member => Assert.Equal("one", member.Texts()));
    }

    private long Backlog => _server.Server.Context.Topics.Backlog.Bytes;

    private TestClient[] Join(int count) => [.. Enumerable.Range(0, count).Select(_ => _server.Open("/room/hall"))];

    private TestClient Publisher()
    {
        _server.Script.OnText((connection, text) =>
        {
            _said.Add(text);
            connection.Publish("hall", text);
        });
        return _server.Open("/script");
    }
}
