using WsAot;

namespace Ticker.Accounts;

/// <summary>For methods that only accounts with live prices may call.</summary>
public sealed class NeedsLivePricesAttribute : WsFilterAttribute
{
    /// <summary>The code of the error.</summary>
    public const int ErrorCode = 2;

    public override void OnCalling(WsCall call)
    {
        if (call.Handler is not PriceFeed { Account.HasLivePrices: true }) call.Refuse("The account has no live prices.", ErrorCode);
    }
}
