using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace WsAot.Routing;

/// <summary>
/// The routes of an application. The generator derives the class of <c>WsRoutes.Table</c> from it; its <see cref="Match"/> is a switch over
/// the segments of the path, without a dictionary. Immutable, and safe on any thread.
/// </summary>
public abstract class WsRouteTable
{
    /// <summary>
    /// Combines the routes of several assemblies into one table: <c>WsRouteTable.Combine(WsRoutes.Table, Lib.WsRoutes.Table)</c>. Whatever
    /// the order of the tables, paths match as if one assembly had all routes: see <see cref="WsRouteAttribute"/>.
    /// </summary>
    /// <param name="tables">The tables; they can be combined tables themselves.</param>
    /// <returns>
    /// The table. If two of its routes match the same paths, the server cannot be built: <see cref="WsServerBuilder.Build"/> throws a <see
    /// cref="WsStartException"/> that names both, and <see cref="WsServer.RunAsync"/> prints it and returns 1.
    /// </returns>
    /// <exception cref="ArgumentNullException">One of the tables is null.</exception>
    public static WsRouteTable Combine(params ReadOnlySpan<WsRouteTable> tables) => new CombinedRouteTable(tables);

    /// <summary>All routes, in ordinal order of their templates.</summary>
    public abstract IReadOnlyList<WsRoute> Routes { get; }

    /// <summary>The route for a path; null if there is none.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract WsRoute? Match(WsPath path);

    /// <summary>
    /// Creates an <see cref="ILogger{TCategoryName}"/> of a type that the application's source names, for factories that ask for it.
    /// </summary>
    /// <returns>Null if the source does not name the type.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual object? CreateLogger(Type serviceType, ILoggerFactory factory) => null;

    /// <summary>
    /// A description of the application, as UTF-8: <c>routes</c>, a table; <c>openrpc</c>, a document; <c>typescript</c> and <c>csharp</c>,
    /// clients. Empty if the kind is unknown. Only <c>--describe</c> may call this method, so that the text can be trimmed from the native
    /// file.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ReadOnlySpan<byte> Describe(string kind) => default;

    /// <summary>
    /// The proxy of a <see cref="JsonRpcClientAttribute"/> interface for a topic; null if the generator created none. Only <see
    /// cref="WsServer.Topic"/> may call this method, so that proxies that no handler takes can be trimmed from the native file.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual object? CreateClient(Type client, WsServer server, string topic) => null;

    /// <summary>Throws if two routes match the same paths.</summary>
    /// <exception cref="WsStartException">Two routes do; the message names both.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual void ThrowIfConflicting()
    {
    }
}
