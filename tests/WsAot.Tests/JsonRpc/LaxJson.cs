using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString, Converters = [typeof(HexConverter)])]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(string))]
internal sealed partial class LaxJson : JsonSerializerContext;
