namespace WsAot;

/// <summary>A connection that subscribes to a topic with presence.</summary>
/// <param name="Id">Tells it from all other connections, also those of other servers.</param>
/// <param name="User">What <see cref="WsUpgrade.WithUser"/> has said; null: nothing.</param>
public readonly record struct WsMember(string Id, string? User);
