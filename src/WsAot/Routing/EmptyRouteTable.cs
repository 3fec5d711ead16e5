namespace WsAot.Routing;

/// <summary>A table without routes: for a server of plain HTTP. To combine none would bring the code that combines some.</summary>
internal sealed class EmptyRouteTable : WsRouteTable
{
    public override IReadOnlyList<WsRoute> Routes => [];

    public override WsRoute? Match(WsPath path) => null;
}
