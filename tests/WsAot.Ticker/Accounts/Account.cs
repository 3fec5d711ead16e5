namespace Ticker.Accounts;

/// <summary>Who is connected.</summary>
public sealed record Account(string Name, bool HasLivePrices);
