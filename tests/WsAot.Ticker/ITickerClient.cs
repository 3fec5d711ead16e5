using Ticker.Prices;
using WsAot;

namespace Ticker;

/// <summary>What the server calls on its clients.</summary>
[JsonRpcClient(Json = typeof(TickerJson))]
public interface ITickerClient
{
    /// <summary>A symbol has a new price.</summary>
    void PriceChanged(Price price);
}
