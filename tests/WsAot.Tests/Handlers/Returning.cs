namespace WsAot.Tests.Handlers;

/// <summary>Subscribes to a topic that is kept from where its client was, and publishes what it says.</summary>
[WsRoute("/returning/{epoch}/{offset}")]
internal sealed class Returning(WsConnection connection, long epoch, long offset)
{
    public const string Topic = "kept/returning";

    [OnOpen]
    public async Task Opened()
    {
        WsSubscribed subscribed = await connection.SubscribeAsync(Topic, new WsTopicPosition(epoch, offset));
        connection.Send($"{subscribed.Position.Epoch} {subscribed.Position.Offset} {subscribed.IsRecovered}");
    }

    [OnText]
    public void Said(string text) => connection.Publish(Topic, text);
}
