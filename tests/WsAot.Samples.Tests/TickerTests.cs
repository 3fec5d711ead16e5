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
        Assert.Equal(["ACME", "GLOBEX", "INITECH", "UMBRELLA"], await page.CallAsync<string[]>("Symbols"));
        await page.SubscribeAsync("prices/GLOBEX");
        await using WsTestClient another = await server.ConnectAsync("/market");
        await another.SubscribeAsync("prices/UMBRELLA");

        for (int round = 0; round < 4; round++)
        {
            server.Advance(s_interval);
            foreach (WsTestClient client in new[] { page, another }) await ExpectPriceAsync(client, server.TimeProvider.GetUtcNow());
        }

        await page.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task A_page_that_opens_later_has_the_prices_of_the_last_minute_in_their_order()
    {
        await using WsTestServer server = CreateServer();
        DateTimeOffset begin = server.TimeProvider.GetUtcNow();
        for (int round = 0; round < 20; round++) server.Advance(s_interval);

        await using WsTestClient page = await server.ConnectAsync("/market");
        await page.SubscribeAsync("prices/ACME");

        for (int round = 1; round <= 20; round++) await ExpectPriceAsync(page, begin + (round * s_interval));
        await page.ExpectNothingMoreAsync();
    }

    private static WsTestServer CreateServer()
    {
        WsTestServer server = WsTestServer.Create(WsAot.Samples.Ticker.WsRoutes.Table, global::Market.Open);
        server.Json = JsonSerializerOptions.Web;
        return server;
    }

    private static async Task ExpectPriceAsync(WsTestClient page, DateTimeOffset time)
    {
        WsTestNotification changed = await page.ReceiveNotificationAsync("Changed");
        Assert.InRange(changed.GetArgument<decimal>(0), 50, 200);
        Assert.Equal(time, changed.GetArgument<DateTimeOffset>(1));
    }
}
