using System.Text.Json.Serialization;

namespace WsAot.Dashboard;

/// <summary>The answers and the parameters of the API's calls.</summary>
[JsonSerializable(typeof(DashboardAnswer))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class DashboardJson : JsonSerializerContext;
