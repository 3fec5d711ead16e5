using System.Collections.Concurrent;

namespace Ticker.Prices;

/// <summary>The last price of each symbol, which walks at random. Safe on all threads.</summary>
public sealed class Market
{
    private const decimal FirstPrice = 100;

    private readonly ConcurrentDictionary<string, Price> _prices = new();
    private readonly TimeProvider _time;

    public Market(IReadOnlyList<string> symbols, TimeProvider time)
    {
        (Symbols, _time) = (symbols, time);
        foreach (string symbol in symbols) _prices[symbol] = new Price(symbol, FirstPrice, time.GetUtcNow());
    }

    public IReadOnlyList<string> Symbols { get; }

    /// <returns>Null if there is no such symbol.</returns>
    public Price? Find(string symbol) => _prices.GetValueOrDefault(symbol);

    /// <summary>Takes the next step, of at most 1 %.</summary>
    public Price Move(string symbol)
    {
        decimal step = Random.Shared.Next(-100, 101) / 10_000m;
        decimal value = Math.Max(0.01m, Math.Round(_prices[symbol].Value * (1 + step), 2));
        return _prices[symbol] = new Price(symbol, value, _time.GetUtcNow());
    }
}
