using System.Security.Cryptography;
using System.Text;

namespace Ticker.Accounts;

/// <summary>The accounts of the configuration. Safe on all threads.</summary>
public sealed class AccountList(IReadOnlyDictionary<string, AccountOptions> accounts)
{
    private readonly (byte[] Token, Account Account)[] _accounts =
    [
        .. accounts
            .Where(static account => account.Value.Token != "")
            .Select(static account => (Encoding.UTF8.GetBytes(account.Value.Token), new Account(account.Key, account.Value.HasLivePrices))),
    ];

    /// <returns>Null if nobody has the token.</returns>
    public Account? Find(string? token)
    {
        byte[] sent = Encoding.UTF8.GetBytes(token ?? "");
        // The time that it takes does not tell how much of a token was right.
        return Array.Find(_accounts, account => CryptographicOperations.FixedTimeEquals(account.Token, sent)).Account;
    }
}
