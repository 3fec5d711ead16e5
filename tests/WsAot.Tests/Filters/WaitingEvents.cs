using WsAot.Tests.Harness;

namespace WsAot.Tests.Filters;

[WsRoute("/filters/waiting-events")]
[Wait("class")]
internal sealed class WaitingEvents(WsConnection connection, Script script) : FilteredEvents(connection, script);
