using System.Text.Json.Serialization;

namespace WsAot.Dashboard;

/// <summary>The JSON metadata of what the dashboard asks for.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ServerInfo))]
[JsonSerializable(typeof(Sample[]))]
[JsonSerializable(typeof(RouteRow[]))]
[JsonSerializable(typeof(TopicRow[]))]
[JsonSerializable(typeof(ConnectionRow[]))]
[JsonSerializable(typeof(RefusalRow[]))]
[JsonSerializable(typeof(TopicMessage))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class DashboardJson : JsonSerializerContext;
