#pragma warning disable CA1822 // What clients call is a member of the handler, whether it looks at its fields or not.
using WsAot.Tests.JsonRpc;

namespace WsAot.Tests.Filters;

[WsRoute("/filters/timed", Json = typeof(RpcJson))]
[Timed]
internal sealed class Timed(WsConnection connection)
{
    [JsonRpcMethod("sum")]
    [Timed]
    [Label("")]
    public int Sum(int a, int b, int c) => a + b + c;

    [JsonRpcMethod("refused")]
    public int Refused() => 0;

    [OnBinary]
    [Label("")]
    public void Got(ReadOnlySpan<byte> bytes) => connection.SendBinary(bytes);
}
