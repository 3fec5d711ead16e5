using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

public sealed class PublishingTurnTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void A_turn_is_charged_for_what_it_publishes_whether_a_message_waits_or_not(int loops, bool isOneWaiting)
    {
        using var server = new TestServer(loops: loops, build: static builder => builder.TurnUnits = 4);
        int handled = 0;
        server.Script.OnOpen(static connection => connection.Subscribe("a"));
        server.Script.OnText((connection, text) =>
        {
            handled++;
            connection.Publish("a", text);
        });
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => server.Open("/script"))];
        if (isOneWaiting) server.Server.Publish("a", "waits");
        clients[0].Peer.Send([.. Enumerable.Range(0, 50).SelectMany(static i => Frame.Text($"{i}"))]);
        server.Transport.RunBatch();
        int handledInFirstBatch = handled;
        server.Run();
        Assert.Equal(50, handled);
        Assert.InRange(handledInFirstBatch, 1, 5);
    }
}
