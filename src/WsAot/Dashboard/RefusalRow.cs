using System.Text.Json;
using WsAot.Logging;

namespace WsAot.Dashboard;

/// <summary>A request that was refused.</summary>
internal sealed class RefusalRow(RecentRefusals.Refusal refusal) : DashboardAnswer
{
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "timeMs"u8, refusal.Time.ToUnixTimeMilliseconds());
        Write(json, "address"u8, refusal.RemoteEndPoint);
        Write(json, "request"u8, refusal.Request);
        Write(json, "status"u8, refusal.StatusCode);
        Write(json, "reason"u8, refusal.Reason);
        Write(json, "option"u8, refusal.Option ?? "");
        json.WriteEndObject();
    }
}
