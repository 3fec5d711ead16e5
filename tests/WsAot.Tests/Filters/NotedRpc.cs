using WsAot.Tests.Harness;
using WsAot.Tests.JsonRpc;

namespace WsAot.Tests.Filters;

[WsRoute("/filters/rpc", Json = typeof(RpcJson))]
[Note("class")]
internal sealed class NotedRpc(Script script) : FilteredRpc(script);
