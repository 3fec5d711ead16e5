using Microsoft.Extensions.DependencyInjection;

namespace WsAot.Services;

/// <summary>
/// The services of one connection if the container has scopes. The scope is created when the container is first asked for a service, so a
/// handler without services needs no scope.
/// </summary>
internal sealed class ConnectionServices(WsServices services, IServiceScopeFactory scopes) : IServiceProvider, ISupportRequiredService
{
    private IServiceScope? _scope;

    /// <summary>
    /// The upgrade request, if the route keeps it. It is here because the session has one field for the request and the services.
    /// </summary>
    public WsRequest? KeptRequest { get; set; }

    /// <exception cref="ObjectDisposedException">The connection and its handler have ended.</exception>
    public object? GetService(Type serviceType) =>
        services.GetOwn(serviceType, this) ?? Scope().ServiceProvider.GetService(serviceType) ?? services.GetLast(serviceType);

    /// <exception cref="InvalidOperationException">There is no such service.</exception>
    /// <exception cref="ObjectDisposedException">The connection and its handler have ended.</exception>
    public object GetRequiredService(Type serviceType) => GetService(serviceType) ?? throw ServiceEntry.NotFound(serviceType);

    /// <summary>Disposes the scope, if there is one. No other is created after that.</summary>
    public ValueTask EndAsync()
    {
        IServiceScope? scope = Interlocked.Exchange(ref _scope, EndedScope.Instance);
        if (scope is IAsyncDisposable asynchronous) return asynchronous.DisposeAsync();
        scope?.Dispose();
        return default;
    }

    private IServiceScope Scope()
    {
        if (Volatile.Read(ref _scope) is { } scope) return scope;
        IServiceScope made = scopes.CreateScope();
        if (Interlocked.CompareExchange(ref _scope, made, null) is not { } other) return made;
        made.Dispose();
        return other;
    }

    private sealed class EndedScope : IServiceScope
    {
        public static EndedScope Instance { get; } = new();

        public IServiceProvider ServiceProvider =>
            throw new ObjectDisposedException(nameof(WsConnection), "The connection's services were disposed when it ended.");

        public void Dispose()
        {
        }
    }
}
