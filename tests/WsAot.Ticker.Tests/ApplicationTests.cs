using Ticker.Prices;
using WsAot;
using WsAot.Testing;

namespace Ticker.Tests;

public class ApplicationTests
{
    [Fact]
    public async Task It_is_ready_with_the_first_prices()
    {
        await using WsTestServer server = TickerServer.Create();
        Assert.Equal(503, (await server.GetAsync("/ready")).StatusCode);
        server.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await server.GetAsync("/ready")).StatusCode);
    }

    [Fact]
    public async Task Symbols_and_interval_are_options()
    {
        await using WsTestServer server = TickerServer.Create(("ticker:symbols:2", "NVDA"), ("ticker:intervalMs", "100"));
        await using WsTestClient ann = await server.ConnectAsAsync("ann-token");
        await ann.CallAsync<Price>("Subscribe", ["NVDA"]);
        server.Advance(TimeSpan.FromMilliseconds(300));
        for (int round = 1; round <= 3; round++) await ann.ReceiveNotificationAsync("PriceChanged");
        Assert.False(ann.TryReceive(out _));
    }

    [Fact]
    public void An_option_that_is_out_of_range_is_named()
    {
        WsOptionException error = Assert.Throws<WsOptionException>(() => TickerServer.Create(("ticker:intervalMs", "0")));
        Assert.Contains("'ticker:intervalMs' is 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_the_background_work()
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient ann = await server.ConnectAsAsync("ann-token");
        server.Advance(TimeSpan.FromSeconds(2));
        await server.StopAsync();
        Assert.Equal(1001, (await ann.ReceiveCloseAsync()).Code);
        Assert.Contains(server.Log, static line => line.Message == "Published prices 2 times.");
    }
}
