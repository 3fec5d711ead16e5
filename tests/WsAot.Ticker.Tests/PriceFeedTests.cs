using Ticker.Prices;
using WsAot;
using WsAot.Testing;

namespace Ticker.Tests;

public class PriceFeedTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_subscriber_gets_each_price_of_its_symbol()
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient ann = await server.ConnectAsAsync("ann-token");
        await ann.CallAsync<Price>("Subscribe", ["AAPL"]);

        for (int round = 1; round <= 3; round++)
        {
            server.Advance(s_interval);
            WsTestNotification notification = await ann.ReceiveNotificationAsync("PriceChanged");
            Price price = notification.GetArgument<Price>(0);
            Assert.Equal(("AAPL", server.TimeProvider.GetUtcNow()), (price.Symbol, price.Time));
            Assert.Equal(price, await ann.CallAsync<Price>("LastPrice", ["AAPL"]));
        }

        Assert.False(ann.TryReceive(out _));
    }

    [Fact]
    public async Task The_last_price_comes_at_once()
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient ann = await server.ConnectAsAsync("ann-token");
        Assert.Equal(new Price("MSFT", 100, server.TimeProvider.GetUtcNow()), await ann.CallAsync<Price>("Subscribe", ["MSFT"]));
    }

    [Fact]
    public async Task Nothing_comes_after_unsubscribing()
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient ann = await server.ConnectAsAsync("ann-token");
        await ann.CallAsync<Price>("Subscribe", ["AAPL"]);
        await ann.CallAsync("Unsubscribe", ["AAPL"]);
        server.Advance(s_interval);
        await Assert.ThrowsAsync<WsTestException>(() => ann.ReceiveNotificationAsync());
    }

    [Theory]
    [InlineData("Subscribe")]
    [InlineData("LastPrice")]
    public async Task A_symbol_that_does_not_exist_is_an_error(string method)
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient ann = await server.ConnectAsAsync("ann-token");
        JsonRpcException error = await Assert.ThrowsAsync<JsonRpcException>(() => ann.CallAsync(method, ["NONE"]));
        Assert.Equal((PriceFeed.UnknownSymbol, "There is no symbol 'NONE'."), (error.Code, error.Message));
    }
}
