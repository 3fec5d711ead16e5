using System.Text.Json.Serialization;

namespace WsAot.Dashboard;

/// <summary>What the calls of the API answer, and their parameters.</summary>
[JsonSerializable(typeof(DashboardAnswer))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class DashboardJson : JsonSerializerContext;
