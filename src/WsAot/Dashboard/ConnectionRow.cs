using System.Text.Json;
using WsAot.Connections;
using WsAot.Protocol.Handshake;

namespace WsAot.Dashboard;

/// <summary>A connection, as it is when the row is made.</summary>
internal sealed class ConnectionRow(Session session) : DashboardAnswer
{
    private readonly bool _isOpen = session.State == WsState.Open;

    /// <summary>Its number.</summary>
    public long Id => session.Connection.Id;

    /// <summary>The output that waits for the peer.</summary>
    public int PendingBytes { get; } = session.PendingOutputBytes;

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, Id);
        json.WriteString("route"u8, session.Route.Options.Template);
        json.WriteString("path"u8, Printable.From(session.Connection.NamedPath.Utf8));
        json.WriteString("address"u8, session.PrintableAddress);
        json.WriteString("state"u8, _isOpen ? "open"u8 : "closing"u8);
        json.WriteNumber("pendingBytes"u8, PendingBytes);
        json.WriteEndObject();
    }
}
