using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WsAot.Routing;
using WsAot.Services;

namespace WsAot;

/// <summary>
/// The services that your handlers take as parameters. In a small application, add them here and use no container; if you have a container,
/// set it as <see cref="Fallback"/>. Add services from one thread while you build the server; get them on any thread.
/// </summary>
public sealed partial class WsServices : IServiceProvider, ISupportRequiredService
{
    private readonly Dictionary<Type, ServiceEntry> _entries = [];
    private IServiceScopeFactory? _scopes;
    private WsRouteTable? _routes;
    private bool _isFrozen;

    // Code that disposes any object asynchronously adds everything it could dispose to the native file: 0.13 MB. So adding a factory or a
    // fallback sets these fields, which are called through delegates, and an application without them does not contain that code.
    private ServiceOwner? _owner;
    private Func<ILogger, ValueTask>? _disposeMade;
    private Func<IServiceScopeFactory, IServiceProvider>? _makeConnectionServices;

    internal WsServices()
    {
    }

    /// <summary>
    /// The container to ask for services that were not added here. If it has an <see cref="IServiceScopeFactory"/>, as
    /// Microsoft.Extensions.DependencyInjection does, each connection gets its own scope. The scope begins with the first service that the
    /// upgrade or the handler asks for, and ends with the handler. You dispose the container yourself. Default: null, none.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server has already been built.</exception>
    public IServiceProvider? Fallback
    {
        get;
        set
        {
            ThrowIfFrozen();
            field = value;
            _makeConnectionServices = scopes => new ConnectionServices(this, scopes);
        }
    }

    /// <summary>Adds an existing object as a service. You dispose it yourself.</summary>
    /// <typeparam name="T">The type that handlers take as a parameter: usually an interface.</typeparam>
    /// <exception cref="InvalidOperationException">The type was added before, or the server has been built.</exception>
    public WsServices Add<T>(T instance)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Add(new ServiceEntry(typeof(T), instance));
    }

    /// <summary>
    /// Adds a service that is created once, when it is first asked for. One factory runs at a time. The service is disposed with the server
    /// if it is disposable.
    /// </summary>
    /// <typeparam name="T">The type that handlers take as a parameter: usually an interface.</typeparam>
    /// <param name="factory">Creates the service. It may ask for other services; a circular dependency is an error that names them.</param>
    /// <exception cref="InvalidOperationException">The type was added before, or the server has been built.</exception>
    public WsServices Add<T>(Func<IServiceProvider, T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        _owner ??= new ServiceOwner();
        _disposeMade = _owner.DisposeAsync;
        return Add(new ServiceEntry(typeof(T), factory, _owner));
    }

    /// <summary>Adds a service that is created each time it is asked for. The code that asks for it disposes it.</summary>
    /// <typeparam name="T">The type that handlers take as a parameter: usually an interface.</typeparam>
    /// <param name="factory">
    /// Creates the service. It gets the connection's provider if a connection asks, and may run on several threads at once.
    /// </param>
    /// <exception cref="InvalidOperationException">The type was added before, or the server has been built.</exception>
    public WsServices AddTransient<T>(Func<IServiceProvider, T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Add(new ServiceEntry(typeof(T), factory, owner: null));
    }

    /// <summary>
    /// Adds an existing object as a service, and replaces the service of that type that was added before, if any. Use it in tests to
    /// replace a service of the application.
    /// </summary>
    /// <typeparam name="T">The type that handlers take as a parameter: usually an interface.</typeparam>
    /// <param name="instance">The service. You dispose it yourself.</param>
    /// <exception cref="InvalidOperationException">The server has been built.</exception>
    public WsServices Replace<T>(T instance)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(instance);
        Remove<T>();
        return Add(instance);
    }

    /// <summary>
    /// Adds a service that is created once, when it is first asked for, and replaces the service of that type that was added before, if
    /// any.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server has been built.</exception>
    /// <inheritdoc cref="Add{T}(Func{IServiceProvider, T})"/>
    public WsServices Replace<T>(Func<IServiceProvider, T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        Remove<T>();
        return Add(factory);
    }

    /// <summary>
    /// Removes a service that was added here. <see cref="Fallback"/> may still have one. To replace a service with a transient one, call
    /// this and then <see cref="AddTransient{T}"/>.
    /// </summary>
    /// <typeparam name="T">The type that the service was added as.</typeparam>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">The server has been built.</exception>
    public bool Remove<T>()
        where T : class
    {
        ThrowIfFrozen();
        return _entries.Remove(typeof(T));
    }

    /// <summary>
    /// Whether a service was added here; <see cref="Fallback"/> is not asked. Use it in a library before you add a default.
    /// </summary>
    /// <typeparam name="T">The type that the service was added as.</typeparam>
    public bool Contains<T>()
        where T : class => _entries.ContainsKey(typeof(T));

    /// <summary>Gets a service: one that was added here, or else one from the <see cref="Fallback"/>.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="InvalidOperationException">
    /// The service's factory needs, directly or indirectly, the service itself, or it returned null.
    /// </exception>
    public object? GetService(Type serviceType) =>
        GetOwn(serviceType, this) ?? Fallback?.GetService(serviceType) ?? GetLast(serviceType);

    /// <inheritdoc/>
    /// <remarks>The extension method <c>GetRequiredService</c> of Microsoft.Extensions.DependencyInjection calls it.</remarks>
    object ISupportRequiredService.GetRequiredService(Type serviceType) =>
        GetService(serviceType) ?? throw ServiceEntry.NotFound(serviceType);

    /// <summary>Gets a service that was added here. A transient service is created from the asker's services.</summary>
    internal object? GetOwn(Type serviceType, IServiceProvider asker)
    {
        if (serviceType == typeof(IServiceProvider)) return asker;
        if (serviceType == typeof(WsServices)) return this;
        return _entries.TryGetValue(serviceType, out ServiceEntry? entry) ? entry.Get(this, asker) : null;
    }

    /// <summary>Closes the collection when the server is built, and adds the server's own services if nothing else provides them.</summary>
    internal void Freeze(
        WsServer server, WsRouteTable routes, ILoggerFactory loggerFactory, TimeProvider timeProvider, IConfiguration? configuration)
    {
        _scopes = (IServiceScopeFactory?)Fallback?.GetService(typeof(IServiceScopeFactory));
        // The fallback is not asked for the server: a host's container may be building this very server for its answer.
        if (!_entries.ContainsKey(typeof(WsServer))) Add(server);
        AddIfMissing(loggerFactory);
        AddIfMissing(timeProvider);
        if (configuration is not null) AddIfMissing(configuration);
        _routes = routes;
        _isFrozen = true;
    }

    /// <summary>The services for a connection and its upgrade: these, or a new scope if the container has scopes.</summary>
    internal IServiceProvider ForConnection() => _scopes is null ? this : _makeConnectionServices!(_scopes);

    /// <summary>Disposes the services that factories created once, last first.</summary>
    internal ValueTask DisposeMadeAsync(ILogger logger) => _disposeMade?.Invoke(logger) ?? default;

    private void AddIfMissing<T>(T instance)
        where T : class
    {
        if (!_entries.ContainsKey(typeof(T)) && Fallback?.GetService(typeof(T)) is null) Add(instance);
    }

    private WsServices Add(ServiceEntry entry)
    {
        ThrowIfFrozen();
        if (!_entries.TryAdd(entry.Type, entry)) throw new InvalidOperationException($"The service {entry.Type} has already been added.");
        return this;
    }

    private void ThrowIfFrozen()
    {
        if (_isFrozen) throw new InvalidOperationException("The server has been built; add services before that.");
    }
}
