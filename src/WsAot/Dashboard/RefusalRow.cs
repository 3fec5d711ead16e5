using System.Text.Json;
using WsAot.Logging;

namespace WsAot.Dashboard;

/// <summary>A request that was refused.</summary>
internal sealed class RefusalRow(RecentRefusals.Refusal refusal) : DashboardAnswer
{
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("timeMs"u8, refusal.Time.ToUnixTimeMilliseconds());
        json.WriteString("address"u8, refusal.RemoteEndPoint);
        json.WriteString("request"u8, refusal.Request);
        json.WriteNumber("status"u8, refusal.StatusCode);
        json.WriteString("reason"u8, refusal.Reason);
        json.WriteString("option"u8, refusal.Option ?? "");
        json.WriteEndObject();
    }
}
