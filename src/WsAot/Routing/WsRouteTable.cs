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

    /// <summary>
    /// What the application says of itself, as UTF-8: <c>routes</c>, a table; <c>openrpc</c>, a document; <c>typescript</c>, a client.
    /// Empty where it does not know the kind. Nothing but <c>--describe</c> may call it: what is not called is not in the native file.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ReadOnlySpan<byte> Describe(string kind) => default;
}
