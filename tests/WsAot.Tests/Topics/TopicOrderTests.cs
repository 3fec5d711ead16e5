using System.Buffers;
using WsAot.Tests.Harness;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Topics;

/// <summary>All subscribers of a topic get its messages in one order, on whichever loops they are published and heard.</summary>
public sealed class TopicOrderTests : IDisposable
{
    private readonly TestServer _server = new(loops: 3);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Messages_that_several_loops_publish_at_the_same_time_reach_all_in_the_same_order()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 6).Select(_ => _server.Open("/room/a"))];
        // Each loop finds its message in the same round of batches.
        for (int i = 0; i < 3; i++) clients[i].Peer.Send(Frame.Text($"{i}"));
        _server.Run();
        string[] heard = [.. clients.Select(static client => client.Texts())];
        Assert.Equal(3, heard[0].Split(' ').Distinct().Count());
        Assert.Single(heard.Distinct());
    }

    [Fact]
    public void What_is_published_on_the_loops_and_from_another_thread_has_one_order_too()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 6).Select(_ => _server.Open("/room/a"))];
        var random = new Random(1);
        int message = 0;
        var pairs = new List<int>();
        for (int round = 0; round < 200; round++)
        {
            foreach (int client in Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0))
            {
                pairs.Add(message);
                clients[client].Peer.Send([.. Frame.Text($"{message++}"), .. Frame.Text($"{message++}")]);
            }

            if (random.Next(3) == 0) _server.Server.Publish("a", $"{message++}");
            if (random.Next(2) == 0) _server.Transport.RunBatch();
        }

        _server.Run();
        string[] heard = [.. clients.Select(static client => client.Texts())];
        Assert.Equal(message, heard[0].Split(' ').Distinct().Count());
        Assert.Single(heard.Distinct());
        // What one publisher sends keeps its order.
        int[] order = [.. heard[0].Split(' ').Select(int.Parse)];
        Assert.All(pairs, first => Assert.True(Array.IndexOf(order, first) < Array.IndexOf(order, first + 1)));
    }

    [Fact]
    public void What_is_sent_to_everybody_has_one_order_too()
    {
        _server.Script.OnText((connection, text) => connection.Server.SendToAll(System.Text.Encoding.UTF8.GetBytes(text)));
        TestClient[] clients = [.. Enumerable.Range(0, 3).Select(_ => _server.Open("/script"))];
        for (int i = 0; i < 3; i++) clients[i].Peer.Send(Frame.Text($"{i}"));
        _server.Run();
        Assert.Single(clients.Select(static client => client.Texts()).Distinct());
    }

    [Fact]
    public void A_message_is_delivered_on_its_own_loop_before_publishing_returns_if_none_waits_there()
    {
        _server.Script.OnText(static (connection, text) =>
        {
            connection.Subscribe("a");
            connection.Publish("a", "published");
            connection.Send("sent afterwards");
        });
        TestClient client = _server.Open("/script");
        client.Say("go");
        Assert.Equal("published", client.NextText());
        Assert.Equal("sent afterwards", client.NextText());
    }

    [Fact]
    public void On_a_single_loop_a_message_does_not_overtake_one_that_another_thread_published_before()
    {
        using var server = new TestServer();
        TestClient[] clients = [.. Enumerable.Range(0, 2).Select(_ => server.Open("/room/a"))];
        // Both wait when the batch begins; what the connection says is handled first.
        server.Server.Publish("a", "from a thread");
        clients[0].Peer.Send(Frame.Text("from a loop"));
        server.Run();
        Assert.All(clients, static client => Assert.Equal("from a thread from a loop", client.Texts()));
    }

    [Fact]
    public void A_subscription_from_another_thread_hears_what_is_published_after_it()
    {
        TestClient client = _server.Open("/script");
        _server.Server.GetConnections()[0].Subscribe("late");
        _server.Server.Publish("late", "heard");
        _server.Run();
        Assert.Equal("heard", client.NextText());
    }

    [Fact]
    public void A_subscription_that_comes_too_late_leaves_nothing_behind()
    {
        TestClient client = _server.Open("/script");
        WsConnection connection = _server.Server.GetConnections()[0];
        client.Peer.Reset();
        connection.Subscribe("never");
        _server.Server.Publish("never", "dropped");
        _server.Run();
        Assert.Equal(0, _server.Server.Context.Topics.Count);
    }

    [Fact]
    public void Counting_connections_does_not_wait_for_a_message_to_everybody()
    {
        var pool = new ObservedPool();
        var transport = new InMemoryTransport(new TransportOptions { Loops = 1 }, pool);
        using var server = new TestServer(build: builder => builder.CreateTransport = _ => transport);
        InMemoryPeer[] peers = [.. Enumerable.Range(0, 3).Select(_ => transport.Connect())];
        foreach (InMemoryPeer peer in peers) peer.Send(TestClient.UpgradeRequest("/script"));
        transport.RunUntilIdle();
        Assert.Equal(3, server.Server.ConnectionCount);
        int? counted = null;
        // Behind another message that has not left yet, a small one is copied into a rented buffer: in the midst of a message to everybody.
        pool.Rented = () =>
        {
            pool.Rented = null;
            var counting = new Thread(() => counted = server.Server.ConnectionCount);
            counting.Start();
            Assert.True(counting.Join(TimeSpan.FromSeconds(30)), "Counting waits for the loop.");
        };
        for (int i = 0; i < 2; i++) server.Server.SendToAll("to all"u8);
        transport.RunUntilIdle();
        Assert.Equal(3, counted);
        foreach (InMemoryPeer peer in peers) peer.Reset();
        transport.RunUntilIdle();
    }

    private sealed class ObservedPool : ArrayPool<byte>
    {
        public Action? Rented { get; set; }

        public override byte[] Rent(int minimumLength)
        {
            Rented?.Invoke();
            return new byte[minimumLength];
        }

        public override void Return(byte[] array, bool clearArray = false)
        {
        }
    }
}
