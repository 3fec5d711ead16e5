namespace WsAot.Tests.Handlers;

/// <summary>Sends back what comes, from where it lies.</summary>
[WsRoute("/echo")]
internal sealed class Echo(WsConnection connection)
{
    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Send(utf8);

    [OnBinary]
    public void Sent(ReadOnlySpan<byte> bytes) => connection.SendBinary(bytes);
}
