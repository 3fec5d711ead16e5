using System.Text;

namespace WsAot.Testing.Tests.Handlers;

[WsRoute("/echo", Compression = WsCompression.Dedicated, Subprotocols = ["v2", "v1"], MaxPendingOutputBytes = 1000)]
public sealed class Echo(WsConnection connection)
{
    [OnText]
    public void Said(string text)
    {
        if (text == "ping") connection.Ping("from the server"u8);
        else if (text == "bye") connection.Close(4000, "as you wish");
        else if (text == "fail") throw new InvalidOperationException("asked to fail");
        else connection.Send(text);
    }

    [OnBinary] public void Sent(ReadOnlySpan<byte> bytes) => connection.SendBinary(bytes);

    [OnPong] public void Answered(ReadOnlySpan<byte> payload) => connection.Send($"pong: {Encoding.UTF8.GetString(payload)}");
}
