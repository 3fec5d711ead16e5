using System.Text;
using WsAot.Protocol.Frames;
using WsAot.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Tests.Topics;

/// <summary>Who recovers gets what a loop has dropped, and what waits on it while its subscribers change.</summary>
public sealed class RecoveryLossTests
{
    private const string Topic = "kept/a";

    [Fact]
    public void What_a_loop_has_dropped_is_recovered_by_who_comes_then()
    {
        using TestServer server = CreateWithBacklog();
        TestClient slow = Subscribe(server, WsTopicPosition.Oldest);
        for (int i = 1; i <= 20; i++) server.Server.Publish(Topic, $"{i}");
        server.Run();
        string heard = slow.Texts();
        Assert.StartsWith("1 2 ", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("20", heard, StringComparison.Ordinal);

        TestClient late = Subscribe(server, WsTopicPosition.Oldest);
        Assert.Equal(string.Join(' ', Enumerable.Range(1, 20)), late.Texts());
        server.Server.Publish(Topic, "21");
        server.Run();
        Assert.Equal("21", late.Texts());
        Assert.Equal("21", slow.Texts());
    }

    [Fact]
    public void Who_comes_with_a_message_that_the_loop_has_dropped_has_all()
    {
        using TestServer server = CreateWithBacklog();
        Subscribe(server, WsTopicPosition.Oldest);
        WsTopicPosition last = default;
        for (int i = 1; i <= 20; i++) last = server.Server.Context.Topics.Publish(Topic, Opcode.Text, Encoding.UTF8.GetBytes($"{i}"));
        server.Run();

        TestClient client = Subscribe(server, last);
        // Nothing is left to do for it: batches do not follow each other at once.
        Assert.NotEqual(0, server.Transport.NextBatchMs);
        server.Server.Publish(Topic, "21");
        server.Run();
        Assert.Equal("21", client.Texts());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_last_one_of_many_that_begins_again_between_the_turns_of_a_delivery_gets_what_waits(int batches)
    {
        using TestServer server = Create(static builder => builder.TurnUnits = 1);
        WsSubscribed? subscribed = null;
        server.Script.OnOpen(static connection => connection.Subscribe("other"));
        for (int i = 0; i < 100; i++) server.Open("/script");
        server.Script.OnOpen(static connection => connection.Subscribe(Topic));
        server.Script.OnText((connection, _) =>
        {
            Task<WsSubscribed> again = connection.SubscribeAsync(Topic, WsTopicPosition.Oldest).AsTask();
            Assert.True(again.IsCompletedSuccessfully);
            subscribed = again.Result;
            connection.Send("again");
        });
        TestClient[] others = [.. Enumerable.Range(0, 30).Select(_ => server.Open("/script"))];
        TestClient one = server.Open("/script");
        foreach (string text in (string[])["a", "b", "c", "d", "e", "f"]) server.Server.Publish(Topic, text);
        server.Transport.RunBatch();
        // Another delivery takes turns of its own, so that the one who begins again may catch up before what waits is begun.
        server.Server.Publish("other", "x");
        for (int i = 0; i < batches; i++) server.Transport.RunBatch();
        foreach (TestClient other in others) other.Peer.Reset();
        server.Transport.RunBatch();
        Assert.Equal(1, server.Server.Context.Topics.CountSubscribers(Topic));
        one.Peer.Send(Frame.Text("again"));
        server.Run();
        Assert.True(subscribed?.IsRecovered);
        string texts = one.Texts();
        Assert.EndsWith("again a b c d e f", texts, StringComparison.Ordinal);
        server.Server.Publish(Topic, "g");
        server.Run();
        Assert.Equal("g", one.Texts());
        one.Peer.Reset();
        server.Run();
        Assert.Equal(0, server.Server.Context.Topics.CountSubscribers(Topic));
        Assert.Equal(0, server.Server.Context.Topics.Backlog.Bytes);
    }

    // Some of twenty small messages fit.
    private static TestServer CreateWithBacklog() => Create(static builder => builder.Backlog = new DeliveryBacklog(2000));

    private static TestServer Create(Action<WsServerBuilder> build) => new(
        loops: 1,
        build: builder =>
        {
            builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 100, HistorySeconds = 60 });
            build(builder);
        });

    private static TestClient Subscribe(TestServer server, WsTopicPosition since)
    {
        TestClient client = server.Open("/script");
        Task<WsSubscribed> subscribed =
            server.Server.GetConnections().MaxBy(static connection => connection.Id)!.SubscribeAsync(Topic, since).AsTask();
        for (int batches = 0; batches < 100 && (server.Transport.NextBatchMs == 0 || !subscribed.IsCompleted); batches++)
        {
            server.Transport.RunBatch();
        }

        Assert.True(subscribed.IsCompletedSuccessfully);
        return client;
    }
}
