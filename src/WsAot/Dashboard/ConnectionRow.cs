namespace WsAot.Dashboard;

/// <summary>A connection.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Route">The template of its route.</param>
/// <param name="Path">The path that was asked for.</param>
/// <param name="Address">The peer's address.</param>
/// <param name="State">Open or closing.</param>
/// <param name="PendingBytes">The output that waits for the peer.</param>
internal sealed record ConnectionRow(long Id, string Route, string Path, string Address, string State, int PendingBytes);
