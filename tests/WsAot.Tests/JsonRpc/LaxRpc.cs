#pragma warning disable CA1822 // What clients call is a member of the handler, whether it looks at its fields or not.
namespace WsAot.Tests.JsonRpc;

/// <summary>Takes numbers in strings, some by a converter of its own.</summary>
[WsRoute("/rpc/lax", Json = typeof(LaxJson))]
internal sealed class LaxRpc
{
    [JsonRpcMethod]
    public string Join(int number, long large, long? other) => $"{number} {large} {other?.ToString() ?? "null"}";
}
