using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Guid))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(object[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(Shape))]
[JsonSerializable(typeof(Broken))]
[JsonSerializable(typeof(Picky))]
[JsonSerializable(typeof(Faulty))]
[JsonSerializable(typeof(Dictionary<string, Faulty>))]
internal sealed partial class RpcJson : JsonSerializerContext;
