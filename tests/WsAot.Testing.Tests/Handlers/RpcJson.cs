using System.Text.Json.Serialization;

namespace WsAot.Testing.Tests.Handlers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Point))]
public sealed partial class RpcJson : JsonSerializerContext;
