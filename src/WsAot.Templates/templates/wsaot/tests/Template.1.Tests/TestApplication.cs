using WsAot.Testing;

namespace TemplateNamespace.Tests;

internal static class TestApplication
{
    /// <summary>The whole application, in memory: no socket, no port, and a clock that the tests move.</summary>
    // The table of the server: the tests have one of their own, for handlers that are theirs.
    public static WsTestServer Create() => WsTestServer.Create(global::TemplateNamespace.WsRoutes.Table, Application.Configure);
}
