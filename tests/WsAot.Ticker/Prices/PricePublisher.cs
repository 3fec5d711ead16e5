using Microsoft.Extensions.Logging;
using WsAot;

namespace Ticker.Prices;

/// <summary>The background work: moves all prices now and then, and publishes them.</summary>
public sealed class PricePublisher(Market market, TimeSpan interval, WsServer server, TimeProvider time, ILogger<PricePublisher> log)
{
    private volatile bool _hasPublished;

    /// <summary>Whether there are prices from this run. Any thread.</summary>
    public bool HasPublished => _hasPublished;

    /// <summary>The topic of a symbol. The prefix keeps it apart from other topics of the server.</summary>
    public static string TopicOf(string symbol) => "prices/" + symbol;

    public async Task RunAsync(CancellationToken stopping)
    {
        int rounds = 0;
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                foreach (string symbol in market.Symbols) Publish(market.Move(symbol));
                rounds++;
                _hasPublished = true;
            }
        }
        finally
        {
            log.LogInformation("Published prices {Rounds} times.", rounds);
        }
    }

    private void Publish(Price price) => server.Topic<ITickerClient>(TopicOf(price.Symbol)).PriceChanged(price);
}
