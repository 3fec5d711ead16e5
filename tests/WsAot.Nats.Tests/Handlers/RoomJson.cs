using System.Text.Json.Serialization;

namespace WsAot.Nats.Tests.Handlers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class RoomJson : JsonSerializerContext;
