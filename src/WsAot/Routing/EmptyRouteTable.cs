namespace WsAot.Routing;

/// <summary>
/// A table without routes, for a server of plain HTTP. Combining no tables would work too, but adds the code that combines tables.
/// </summary>
internal sealed class EmptyRouteTable : WsRouteTable
{
    public override IReadOnlyList<WsRoute> Routes => [];

    public override WsRoute? Match(WsPath path) => null;
}
