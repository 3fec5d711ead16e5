namespace WsAot.Tests.Handlers;

/// <summary>Takes no binary; and two subprotocols, the better one first.</summary>
[WsRoute("/text-only", Subprotocols = ["v2", "v1"])]
internal sealed class TextOnly(WsConnection connection)
{
    [OnText]
    public void Said(string text) => connection.Send($"{connection.Subprotocol ?? "none"}: {text}");
}
