using System.Text.Json;

namespace WsAot.Dashboard;

/// <summary>Several answers, as an array.</summary>
internal sealed class DashboardRows(params DashboardAnswer[] rows) : DashboardAnswer
{
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (DashboardAnswer row in rows) row.WriteTo(json);
        json.WriteEndArray();
    }
}
