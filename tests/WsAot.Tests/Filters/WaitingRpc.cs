using WsAot.Tests.Harness;
using WsAot.Tests.JsonRpc;

namespace WsAot.Tests.Filters;

[WsRoute("/filters/waiting-rpc", Json = typeof(RpcJson), MaxRequestsInFlight = 2)]
[Wait("class")]
internal sealed class WaitingRpc(Script script) : FilteredRpc(script);
