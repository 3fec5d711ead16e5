using Microsoft.Extensions.Logging;
using WsAot.Describing;

namespace WsAot.Routing;

/// <summary>
/// Several tables as one. Each table finds its best route for a path, and the best of these wins. One table of all routes would find the
/// same, because the order of two templates does not depend on other templates.
/// </summary>
internal sealed class CombinedRouteTable : WsRouteTable
{
    private readonly WsRouteTable[] _tables;
    private readonly WsRoute[] _routes;
    private readonly Dictionary<WsRoute, string> _ranks = [];
    private readonly string? _conflict;

    public CombinedRouteTable(ReadOnlySpan<WsRouteTable> tables)
    {
        foreach (WsRouteTable table in tables) ArgumentNullException.ThrowIfNull(table, nameof(tables));
        _tables = tables.ToArray();
        _routes = [.. _tables
            .SelectMany(static table => table.Routes)
            .OrderBy(static route => route.Options.Template, StringComparer.Ordinal)
            .ThenBy(static route => route.Options.HandlerName, StringComparer.Ordinal)];
        var byKey = new Dictionary<string, WsRoute>(StringComparer.Ordinal);
        foreach (WsRoute route in _routes)
        {
            var shape = new RouteShape(route.Options.Template);
            _ranks[route] = shape.Rank;
            if (!byKey.TryAdd(shape.Key, route)) _conflict ??= Describe(byKey[shape.Key].Options, route.Options);
        }
    }

    public override IReadOnlyList<WsRoute> Routes => _routes;

    public override WsRoute? Match(WsPath path)
    {
        WsRoute? best = null;
        foreach (WsRouteTable table in _tables)
        {
            if (table.Match(path) is not { } route) continue;
            if (best is null || string.CompareOrdinal(_ranks[route], _ranks[best]) < 0) best = route;
        }

        return best;
    }

    public override ReadOnlySpan<byte> Describe(string kind) => DescriptionMerge.Merge(_tables, kind);

    public override object? CreateClient(Type client, WsServer server, string topic)
    {
        foreach (WsRouteTable table in _tables)
        {
            if (table.CreateClient(client, server, topic) is { } proxy) return proxy;
        }

        return null;
    }

    public override object? CreateLogger(Type serviceType, ILoggerFactory factory)
    {
        foreach (WsRouteTable table in _tables)
        {
            if (table.CreateLogger(serviceType, factory) is { } logger) return logger;
        }

        return null;
    }

    public override void ThrowIfConflicting()
    {
        if (_conflict is not null) throw new WsStartException(_conflict);
        foreach (WsRouteTable table in _tables) table.ThrowIfConflicting();
    }

    private static string Describe(WsRouteOptions one, WsRouteOptions other) =>
        $"The route '{one.Template}' of {one.HandlerName} and the route '{other.Template}' of {other.HandlerName} match the same paths: "
            + "change one of the templates, or combine each table once.";
}
