using System.Text.Json.Serialization;
using Ticker.Prices;

namespace Ticker;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Price))]
[JsonSerializable(typeof(string))]
internal sealed partial class TickerJson : JsonSerializerContext;
