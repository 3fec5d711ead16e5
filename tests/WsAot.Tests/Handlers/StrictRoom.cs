namespace WsAot.Tests.Handlers;

/// <summary>A room that closes those who do not keep up.</summary>
[WsRoute("/strict-room", MaxPendingOutputBytes = 1000, SlowConsumer = SlowConsumerPolicy.Close)]
internal sealed class StrictRoom(WsConnection connection)
{
    [OnOpen]
    public void Joined() => connection.Subscribe("strict");
}
