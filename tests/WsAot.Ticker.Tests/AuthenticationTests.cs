using Ticker.Accounts;
using Ticker.Prices;
using WsAot;
using WsAot.Testing;

namespace Ticker.Tests;

public class AuthenticationTests
{
    [Theory]
    [InlineData("/prices")]
    [InlineData("/prices?access_token=wrong")]
    [InlineData("/prices?access_token=")]
    public async Task Without_a_token_that_is_known_nobody_enters(string target)
    {
        await using WsTestServer server = TickerServer.Create(("ticker:accounts:eve:hasLivePrices", "true"));
        WsRefusal refused = await server.RefusedAsync(target);
        Assert.Equal(401, refused.StatusCode);
        Assert.Equal("Bearer", refused.GetHeader("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_token_is_taken_from_the_header()
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient ann = await server.ConnectAsAsync("ann-token");
        Assert.Contains(server.Log, static line => line.Message.StartsWith("ann is here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_is_taken_from_the_query()
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient bob = await server.ConnectAsync("/prices", static it => it.AddQuery("access_token", "bob-token"));
        Assert.Contains(server.Log, static line => line.Message.StartsWith("bob is here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_without_live_prices_can_only_ask()
    {
        await using WsTestServer server = TickerServer.Create();
        await using WsTestClient bob = await server.ConnectAsAsync("bob-token");
        JsonRpcException error = await Assert.ThrowsAsync<JsonRpcException>(() => bob.CallAsync("Subscribe", ["AAPL"]));
        Assert.Equal(NeedsLivePricesAttribute.ErrorCode, error.Code);
        Assert.Equal(100, (await bob.CallAsync<Price>("LastPrice", ["AAPL"])).Value);
    }
}
