namespace Ticker.Accounts;

/// <summary>An entry of <c>ticker:accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>The secret that the client sends.</summary>
    public string Token { get; set; } = "";

    /// <summary>Whether the account may subscribe; if not, it may only ask.</summary>
    public bool HasLivePrices { get; set; }
}
