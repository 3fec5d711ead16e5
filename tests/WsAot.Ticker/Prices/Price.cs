namespace Ticker.Prices;

/// <summary>What a symbol cost at a moment.</summary>
public sealed record Price(string Symbol, decimal Value, DateTimeOffset Time);
