using System.Text.Json.Serialization;

namespace WsAot.Dashboard;

/// <summary>What the dashboard asks for, which is only written, and the parameters of its calls, which are only read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerInfo), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(Sample[]), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(RouteRow[]), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(TopicRow[]), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ConnectionRow[]), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(RefusalRow[]), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(TopicMessage), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class DashboardJson : JsonSerializerContext;
