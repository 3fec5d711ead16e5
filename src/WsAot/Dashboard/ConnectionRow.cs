using System.Text.Json;
using WsAot.Connections;
using WsAot.Protocol.Handshake;

namespace WsAot.Dashboard;

/// <summary>A connection, as it is when the row is created.</summary>
internal sealed class ConnectionRow(Session session) : DashboardAnswer
{
    private readonly bool _isOpen = session.State == WsState.Open;

    /// <summary>The connection's number.</summary>
    public long Id => session.Connection.Id;

    /// <summary>The output that waits for the peer.</summary>
    public int PendingBytes { get; } = session.PendingOutputBytes;

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "id"u8, Id);
        Write(json, "route"u8, session.Route.Options.Template);
        Write(json, "path"u8, Printable.From(session.Connection.Names.PathUtf8));
        Write(json, "address"u8, session.PrintableAddress);
        Write(json, "state"u8, _isOpen ? "open" : "closing");
        Write(json, "pendingBytes"u8, PendingBytes);
        json.WriteEndObject();
    }
}
