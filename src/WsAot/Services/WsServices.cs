using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WsAot.Services;

namespace WsAot;

/// <summary>
/// The services that handlers take as parameters. A small application registers them here, and carries no container; whoever has one
/// sets it as <see cref="Fallback"/>. Services are added while the server is put together, by one thread; they may be asked for on any.
/// </summary>
public sealed class WsServices : IServiceProvider
{
    private readonly Dictionary<Type, ServiceEntry> _entries = [];
    private IServiceScopeFactory? _scopes;
    private bool _isFrozen;

    // What disposes asynchronously whatever it is given brings all that can be so disposed into a native file: 0.13 MB. As these are set
    // where a factory is added, or a fallback, and called through a delegate, an application without them does not carry it.
    private ServiceOwner? _owner;
    private Func<ILogger, ValueTask>? _disposeMade;
    private Func<IServiceScopeFactory, IServiceProvider>? _makeConnectionServices;

    internal WsServices()
    {
    }

    /// <summary>
    /// Who is asked for what was not added here: any container. If it has an <see cref="IServiceScopeFactory"/>, as that of
    /// Microsoft.Extensions.DependencyInjection has, each connection has a scope of its own from the first service asked for in its
    /// upgrade or its handler until its handler has ended. It is for its owner to dispose. Default: null, nobody.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is set after the server was built.</exception>
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

    /// <summary>Adds a service that is there already. It is for its owner to dispose.</summary>
    /// <typeparam name="T">What handlers take as a parameter: the interface rather than the class.</typeparam>
    /// <exception cref="InvalidOperationException">There is one of this type, or the server is built.</exception>
    public WsServices Add<T>(T instance)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Add(new ServiceEntry(typeof(T), instance));
    }

    /// <summary>
    /// Adds a service that is made when it is asked for first, once, whoever asks. One factory runs at a time. What it returns is disposed
    /// with the server, if it can be.
    /// </summary>
    /// <typeparam name="T">What handlers take as a parameter: the interface rather than the class.</typeparam>
    /// <param name="factory">It may ask for other services; a circle among them is found and named.</param>
    /// <exception cref="InvalidOperationException">There is one of this type, or the server is built.</exception>
    public WsServices Add<T>(Func<IServiceProvider, T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        _owner ??= new ServiceOwner();
        _disposeMade = _owner.DisposeAsync;
        return Add(new ServiceEntry(typeof(T), factory, _owner));
    }

    /// <summary>Adds a service that is made anew each time it is asked for. It is for whoever asked to dispose.</summary>
    /// <typeparam name="T">What handlers take as a parameter: the interface rather than the class.</typeparam>
    /// <param name="factory">It is given the connection's provider where a connection asks, and may run on several threads at once.</param>
    /// <exception cref="InvalidOperationException">There is one of this type, or the server is built.</exception>
    public WsServices AddTransient<T>(Func<IServiceProvider, T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Add(new ServiceEntry(typeof(T), factory, owner: null));
    }

    /// <summary>The service of a type: one that was added, or else the <see cref="Fallback"/>'s.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="InvalidOperationException">Its factory needs, in a circle, what it makes; or it returned null.</exception>
    public object? GetService(Type serviceType) => GetOwn(serviceType, this) ?? Fallback?.GetService(serviceType);

    /// <summary>A service that was added here; a transient is made from the asker's services.</summary>
    internal object? GetOwn(Type serviceType, IServiceProvider asker)
    {
        if (serviceType == typeof(IServiceProvider)) return asker;
        return _entries.TryGetValue(serviceType, out ServiceEntry? entry) ? entry.Get(this, asker) : null;
    }

    /// <summary>The server is built: nothing is added any more, but for what it has itself and nobody else provides.</summary>
    internal void Freeze(ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        _scopes = (IServiceScopeFactory?)Fallback?.GetService(typeof(IServiceScopeFactory));
        AddIfMissing(loggerFactory);
        AddIfMissing(timeProvider);
        _isFrozen = true;
    }

    /// <summary>The services of a connection, and of the upgrade before it: these, unless there is to be a scope.</summary>
    internal IServiceProvider ForConnection() => _scopes is null ? this : _makeConnectionServices!(_scopes);

    /// <summary>Disposes what factories have made once, the last first.</summary>
    internal ValueTask DisposeMadeAsync(ILogger logger) => _disposeMade?.Invoke(logger) ?? default;

    private void AddIfMissing<T>(T instance)
        where T : class
    {
        if (!_entries.ContainsKey(typeof(T)) && Fallback?.GetService(typeof(T)) is null) Add(instance);
    }

    private WsServices Add(ServiceEntry entry)
    {
        ThrowIfFrozen();
        if (!_entries.TryAdd(entry.Type, entry)) throw new InvalidOperationException($"The service {entry.Type} was added before.");
        return this;
    }

    private void ThrowIfFrozen()
    {
        if (_isFrozen) throw new InvalidOperationException("Services are added before the server is built.");
    }
}
