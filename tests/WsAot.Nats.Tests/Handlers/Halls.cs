namespace WsAot.Nats.Tests.Handlers;

/// <summary>Halls, to which some may not listen, and nobody to many.</summary>
[WsRoute("/halls", Json = typeof(RoomJson), Topics = [typeof(IHall)], MaxTopics = 2, MaxSubscribesPerSecond = 2)]
internal sealed class Halls(WsConnection connection, WsTopic<IHall> halls)
{
    [OnUpgrade]
    public static WsUpgrade Enter([FromQuery] string name = "guest") => WsUpgrade.Accept().WithUser(name);

    /// <returns>The number of the message.</returns>
    [JsonRpcMethod]
    public async Task<long> SayToOthers(string hall, string text) => (await halls.OthersOf(hall, connection).Said(text)).Offset;

    [OnSubscribe]
    public async Task<bool> MayHear(IHall topic, string hall)
    {
        await Task.Yield();
        return hall switch
        {
            "broken" => throw new InvalidOperationException("It broke."),
            "closed" => throw new JsonRpcException(7, "Closed"),
            _ => hall != "private" && connection.User is not null,
        };
    }
}
