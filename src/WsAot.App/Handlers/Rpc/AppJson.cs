using System.Text.Json.Serialization;

namespace WsAot.App.Handlers.Rpc;

/// <summary>The JSON metadata for the parameters and results of <c>/rpc</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(Tick))]
internal sealed partial class AppJson : JsonSerializerContext;
