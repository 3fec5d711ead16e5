using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace WsAot.Routing;

/// <summary>
/// The routes of an application. The generator derives <c>WsRoutes.Table</c> from it, whose <see cref="Match"/> is a switch over the
/// segments of the path, without a dictionary. Immutable, and safe on any thread.
/// </summary>
public abstract class WsRouteTable
{
    /// <summary>All routes, in ordinal order of their templates.</summary>
    public abstract IReadOnlyList<WsRoute> Routes { get; }

    /// <summary>The route for a path; null if there is none.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract WsRoute? Match(WsPath path);

    /// <summary>
    /// Creates one of the <see cref="ILogger{TCategoryName}"/> types that the application's source names, for factories that ask for it.
    /// </summary>
    /// <returns>Null if the source does not name the type.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual object? CreateLogger(Type serviceType, ILoggerFactory factory) => null;

    /// <summary>
    /// A description of the application, as UTF-8: <c>routes</c>, a table; <c>openrpc</c>, a document; <c>typescript</c>, a client. Empty
    /// if the kind is unknown. Only <c>--describe</c> may call it, so that the text can be trimmed from the native file.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ReadOnlySpan<byte> Describe(string kind) => default;
}
