using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>
/// The routes of an application. The generator derives the one in <c>WsRoutes.Table</c>, whose <see cref="Match"/> is a switch over
/// the segments of the path; there is no dictionary behind it. Immutable, and safe from any thread.
/// </summary>
public abstract class WsRouteTable
{
    /// <summary>All routes, in ordinal order of their templates.</summary>
    public abstract IReadOnlyList<WsRoute> Routes { get; }

    /// <summary>The route for a path, or null.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract WsRoute? Match(WsPath path);
}
