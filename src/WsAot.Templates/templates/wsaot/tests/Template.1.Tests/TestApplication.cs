using WsAot.Testing;

namespace TemplateNamespace.Tests;

internal static class TestApplication
{
    /// <summary>The whole application, in memory: no socket, no port, and a clock that the tests move.</summary>
    public static WsTestServer Create() => WsTestServer.Create(WsRoutes.Table, Application.Configure);
}
