namespace WsAot.App.Handlers;

/// <summary>Sends every message back. Conformance suites need these limits.</summary>
[WsRoute("/echo", MaxMessageBytes = 64 * 1024 * 1024)]
internal sealed class Echo(WsConnection connection)
{
    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Send(utf8);

    [OnBinary]
    public void Sent(ReadOnlySpan<byte> bytes) => connection.SendBinary(bytes);
}
