using WsAot.Tests.Harness;

namespace WsAot.Tests.Filters;

[WsRoute("/filters/events")]
[Note("class")]
[Label("class")]
internal sealed class NotedEvents(WsConnection connection, Script script) : FilteredEvents(connection, script);
