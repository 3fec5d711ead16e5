using System.Text.Json;

namespace WsAot.Samples.Tests;

public class TickerTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Each_symbol_has_a_new_price_four_times_a_second()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient page = await server.ConnectAsync("/market");
        string[] symbols = await page.CallAsync<string[]>("Symbols");
        Assert.Equal(["ACME", "GLOBEX", "INITECH", "UMBRELLA"], symbols);
        foreach (string symbol in symbols) await page.SubscribeAsync("prices/" + symbol);

        for (int round = 0; round < 4; round++)
        {
            server.Advance(s_interval);
            foreach (string symbol in symbols) await ExpectPriceAsync(page, symbol, server.TimeProvider.GetUtcNow());
        }

        page.ExpectNothingMore();
    }

    [Fact]
    public async Task A_page_that_opens_later_has_the_prices_of_the_last_minute_in_their_order()
    {
        await using WsTestServer server = CreateServer();
        DateTimeOffset begin = server.TimeProvider.GetUtcNow();
        for (int round = 0; round < 20; round++) server.Advance(s_interval);

        await using WsTestClient page = await server.ConnectAsync("/market");
        await page.SubscribeAsync("prices/ACME");

        for (int round = 1; round <= 20; round++) await ExpectPriceAsync(page, "ACME", begin + (round * s_interval));
        page.ExpectNothingMore();
    }

    private static WsTestServer CreateServer()
    {
        WsTestServer server = WsTestServer.Create(WsAot.Samples.Ticker.WsRoutes.Table, global::Market.Open);
        server.Json = JsonSerializerOptions.Web;
        return server;
    }

    private static async Task ExpectPriceAsync(WsTestClient page, string symbol, DateTimeOffset time)
    {
        JsonElement changed = JsonElement.Parse(await page.ReceiveTextAsync());
        Assert.Equal("Changed", changed.GetProperty("method").GetString());
        Assert.Equal("prices/" + symbol, changed.GetProperty("topic").GetString());
        Assert.InRange(changed.GetProperty("params")[0].GetDecimal(), 50, 200);
        Assert.Equal(time, changed.GetProperty("params")[1].GetDateTimeOffset());
    }
}
