using Ticker.Accounts;
using WsAot;

namespace Ticker;

/// <summary>The section <c>ticker</c> of the configuration.</summary>
public sealed class TickerOptions
{
    /// <summary>The symbols that have a price; at least one.</summary>
    // Empty, because the binder appends to what is there.
    public string[] Symbols { get; set; } = [];

    /// <summary>The time between two prices, in milliseconds; 1 or more.</summary>
    public int IntervalMs { get; set; } = 1000;

    /// <summary>Who may connect, by name.</summary>
    public Dictionary<string, AccountOptions> Accounts { get; set; } = [];

    /// <exception cref="WsOptionException">A value is out of range.</exception>
    public void Check()
    {
        if (Symbols is []) throw new WsOptionException("'ticker:symbols' is empty: name at least one symbol.");
        if (IntervalMs < 1) throw new WsOptionException($"'ticker:intervalMs' is {IntervalMs}: it must be 1 or more.");
    }
}
