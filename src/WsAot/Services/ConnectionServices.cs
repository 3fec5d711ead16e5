using Microsoft.Extensions.DependencyInjection;

namespace WsAot.Services;

/// <summary>
/// The services of one connection where the container has scopes. The scope is made with the first service that is asked of the
/// container, so a handler that takes none has none.
/// </summary>
internal sealed class ConnectionServices(WsServices services, IServiceScopeFactory scopes) : IServiceProvider
{
    private IServiceScope? _scope;

    /// <summary>The request, where the route keeps it: see the session, which has one field for both.</summary>
    public WsRequest? KeptRequest { get; set; }

    /// <exception cref="ObjectDisposedException">The connection has ended, and its handler too.</exception>
    public object? GetService(Type serviceType) => services.GetOwn(serviceType, this) ?? Scope().ServiceProvider.GetService(serviceType);

    /// <summary>Disposes the scope, if there is one; there will be no other.</summary>
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

        public IServiceProvider ServiceProvider => throw new ObjectDisposedException(nameof(WsConnection), "The connection has ended, and its services with it.");

        public void Dispose()
        {
        }
    }
}
