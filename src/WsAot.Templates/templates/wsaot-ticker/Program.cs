using System.Text.Json.Serialization;
using WsAot;

// The page and its client are embedded in the executable. `dotnet run -- --help` lists the settings.
return await WsServer.RunAsync(WsRoutes.Table, args, static builder =>
{
    builder.AddFiles("/", typeof(Market).Assembly, "web/");
    Market.Open(builder);
});

/// <summary>The price of a symbol. The topic keeps the last minute, so a page has its chart as soon as it opens.</summary>
[JsonRpcClient(Json = typeof(MarketJson)), WsTopic("prices/{symbol}", History = 240, HistorySeconds = 60)]
internal interface IPrices
{
    void Changed(decimal price, DateTimeOffset time);
}

[WsRoute("/market", Json = typeof(MarketJson), Topics = [typeof(IPrices)])]
internal sealed class Market
{
    private static readonly string[] s_symbols = ["ACME", "GLOBEX", "INITECH", "UMBRELLA"];

    [JsonRpcMethod]
    public string[] Symbols() => s_symbols;

    /// <summary>Publishes a new price of each symbol four times a second, in the background.</summary>
    public static void Open(WsServerBuilder builder) => builder.AddBackgroundWork("prices", async (server, stopping) =>
    {
        Dictionary<string, decimal> prices = s_symbols.ToDictionary(static symbol => symbol, static _ => 100m);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), builder.TimeProvider);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            foreach (string symbol in s_symbols)
            {
                // It walks at random, by at most 0.5 %.
                decimal price = prices[symbol] = Math.Max(1, Math.Round(prices[symbol] * (1 + (Random.Shared.Next(-50, 51) / 10_000m)), 2));
                // PricesTopics is generated from IPrices.
                server.Topic<IPrices>(PricesTopics.NameOf(symbol)).Changed(price, builder.TimeProvider.GetUtcNow());
            }
        }
    });
}

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(DateTimeOffset))]
internal sealed partial class MarketJson : JsonSerializerContext;
