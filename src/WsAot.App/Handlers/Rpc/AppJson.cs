using System.Text.Json.Serialization;

namespace WsAot.App.Handlers.Rpc;

/// <summary>How what <c>/rpc</c> takes and gives is read and written.</summary>
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
