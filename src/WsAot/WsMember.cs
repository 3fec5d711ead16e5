namespace WsAot;

/// <summary>A connection that subscribes to a topic with presence.</summary>
/// <param name="Id">Unique among all connections, also those of other servers.</param>
/// <param name="User">The user that <see cref="WsUpgrade.WithUser"/> has set; null if it has not been called.</param>
public readonly record struct WsMember(string Id, string? User);
