using Microsoft.Extensions.Logging;
using Ticker.Accounts;
using Ticker.Prices;
using WsAot;

namespace Ticker;

/// <summary>Prices of symbols, for those who have an account.</summary>
[WsRoute("/prices", Json = typeof(TickerJson))]
public sealed class PriceFeed(WsConnection connection, Account account, Market market, ILogger<PriceFeed> log)
{
    /// <summary>The code of the error for a symbol that does not exist.</summary>
    public const int UnknownSymbol = 1;

    /// <summary>Who is connected.</summary>
    public Account Account => account;

    /// <summary>Programs send the token as a header; browsers cannot, so the TypeScript client sends it in the query.</summary>
    [OnUpgrade]
    public static WsUpgrade<Account> Enter(
        WsRequest request, AccountList accounts, [FromQuery("access_token")] string? accessToken) =>
        accounts.Find(request.BearerToken ?? accessToken) is { } account
            ? WsUpgrade.AcceptWith(account)
            : WsUpgrade.Reject(401).WithHeader("WWW-Authenticate", "Bearer");

    [OnOpen]
    public void Opened() => log.LogInformation("{Account} is here, as connection {ConnectionId}.", account.Name, connection.Id);

    /// <summary>Begins to send the prices of a symbol.</summary>
    /// <returns>The last price.</returns>
    [JsonRpcMethod, NeedsLivePrices]
    public Price Subscribe(string symbol)
    {
        Price last = LastPrice(symbol);
        connection.Subscribe(PricePublisher.TopicOf(symbol));
        return last;
    }

    /// <summary>Ends it.</summary>
    [JsonRpcMethod]
    public void Unsubscribe(string symbol) => connection.Unsubscribe(PricePublisher.TopicOf(symbol));

    /// <summary>The last price of a symbol.</summary>
    [JsonRpcMethod]
    public Price LastPrice(string symbol) =>
        market.Find(symbol) ?? throw new JsonRpcException(UnknownSymbol, $"There is no symbol '{symbol}'.");
}
