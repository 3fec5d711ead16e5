using System.Text.Json;
using WsAot.Connections;
using WsAot.Server;

namespace WsAot.Dashboard;

/// <summary>What does not change while the server runs, or not often.</summary>
internal sealed class ServerInfo(ServerContext context, ServerLifetime lifetime) : DashboardAnswer
{
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version"u8, ApplicationVersion.Text);
        json.WriteString("transport"u8, lifetime.TransportName);
        json.WriteNumber("loops"u8, lifetime.Loops.Length);
        json.WriteStartArray("urls"u8);
        foreach (string url in context.Server.Urls) json.WriteStringValue(url);
        json.WriteEndArray();
        json.WriteNumber("startedMs"u8, lifetime.StartedMs);
        json.WriteNumber("maxConnections"u8, context.Connections.Max);
        json.WriteBoolean("isReady"u8, lifetime.IsReady);
        json.WriteEndObject();
    }
}
