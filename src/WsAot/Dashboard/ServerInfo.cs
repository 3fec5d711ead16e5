using System.Text.Json;
using WsAot.Connections;
using WsAot.Server;

namespace WsAot.Dashboard;

/// <summary>Facts about the server that never or rarely change while it runs.</summary>
internal sealed class ServerInfo(ServerContext context, ServerLifetime lifetime) : DashboardAnswer
{
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "version"u8, ApplicationVersion.Text);
        Write(json, "transport"u8, lifetime.TransportName);
        Write(json, "loops"u8, lifetime.Loops.Length);
        json.WriteStartArray("urls"u8);
        foreach (string url in context.Server.Urls) json.WriteStringValue(url);
        json.WriteEndArray();
        Write(json, "startedMs"u8, lifetime.StartedMs);
        Write(json, "maxConnections"u8, context.Connections.Max);
        Write(json, "isReady"u8, lifetime.IsReady);
        json.WriteEndObject();
    }
}
