using WsAot.Testing;

namespace TemplateNamespace.Tests;

internal static class TestApplication
{
    /// <summary>The whole application, in memory: no sockets, no ports, and a clock that the tests control.</summary>
    public static WsTestServer Create() => WsTestServer.Create(WsRoutes.Table, Application.Configure);
}
