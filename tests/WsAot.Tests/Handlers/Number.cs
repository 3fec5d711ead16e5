namespace WsAot.Tests.Handlers;

/// <summary>A path value that must be a number.</summary>
[WsRoute("/number/{value}")]
internal sealed class Number(WsConnection connection, int value)
{
    [OnOpen]
    public void Opened() => connection.Send($"number {value}");
}
