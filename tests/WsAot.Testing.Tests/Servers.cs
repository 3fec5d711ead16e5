namespace WsAot.Testing.Tests;

/// <summary>A server with the handlers of these tests.</summary>
internal static class Servers
{
    public static WsTestServer Create(Action<WsServerBuilder>? configure = null) => WsTestServer.Create(WsRoutes.Table, builder =>
    {
        builder.Services.Add<Documentation.ITokens>(new Documentation.FixedTokens());
        configure?.Invoke(builder);
    });

    public static WsTestServer Create(Handlers.Outside outside, List<string> journal) =>
        Create(builder => builder.Services.Add(outside).Add(journal));
}
