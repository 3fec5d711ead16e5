using Microsoft.Extensions.Configuration;
using WsAot.Testing;

namespace Ticker.Tests;

/// <summary>The whole application in a test, with settings instead of a file.</summary>
internal static class TickerServer
{
    public static WsTestServer Create(params (string Key, string Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["ticker:symbols:0"] = "AAPL",
            ["ticker:symbols:1"] = "MSFT",
            ["ticker:accounts:ann:token"] = "ann-token",
            ["ticker:accounts:ann:hasLivePrices"] = "true",
            ["ticker:accounts:bob:token"] = "bob-token",
        };
        foreach ((string key, string value) in settings) configuration[key] = value;
        WsTestServer server = WsTestServer.Create(WsRoutes.Table, builder =>
        {
            builder.Configuration = new ConfigurationBuilder().AddInMemoryCollection(configuration).Build();
            Application.Configure(builder);
        });
        server.Json = TickerJson.Default.Options;
        return server;
    }

    public static Task<WsTestClient> ConnectAsAsync(this WsTestServer server, string token) =>
        server.ConnectAsync("/prices", request => request.BearerToken = token);
}
