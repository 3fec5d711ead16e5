namespace WsAot.Tests.Handlers;

[WsRoute("/binary-only", MaxMessageBytes = 100, MaxFragments = 3)]
internal sealed class BinaryOnly(WsConnection connection)
{
    [OnBinary]
    public void Sent(ReadOnlySpan<byte> bytes) => connection.SendBinary(bytes);
}
