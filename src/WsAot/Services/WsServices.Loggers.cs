using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace WsAot;

/// <summary>Loggers by class, without a container and without reflection.</summary>
public sealed partial class WsServices
{
    private ConcurrentDictionary<Type, object>? _loggers;

    /// <summary>
    /// The logger of a class, for generated code. It is created once: otherwise each connection would have its own, with its own category
    /// text.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server has not been built.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ILogger<T> GetLogger<T>()
    {
        ConcurrentDictionary<Type, object> loggers =
            _loggers ?? Interlocked.CompareExchange(ref _loggers, new ConcurrentDictionary<Type, object>(), null) ?? _loggers;
        if (loggers.TryGetValue(typeof(T), out object? known)) return (ILogger<T>)known;
        object made = GetOwn(typeof(ILogger<T>), this) ?? Fallback?.GetService(typeof(ILogger<T>)) ?? new Logger<T>(LoggerFactory);
        return (ILogger<T>)loggers.GetOrAdd(typeof(T), made);
    }

    private ILoggerFactory LoggerFactory =>
        (ILoggerFactory?)GetOwn(typeof(ILoggerFactory), this)
        ?? (ILoggerFactory?)Fallback?.GetService(typeof(ILoggerFactory))
        ?? throw new InvalidOperationException("The server has not been built.");

    /// <summary>
    /// Gets a service that is not registered but that generated code can create: a logger whose type the application's source names.
    /// </summary>
    internal object? GetLast(Type serviceType) =>
        // Check for a logger first: for any other type, do not ask for the logger factory, whose own factory may be running right now.
        serviceType.IsConstructedGenericType && serviceType.GetGenericTypeDefinition() == typeof(ILogger<>)
            ? _routes?.CreateLogger(serviceType, LoggerFactory)
            : null;
}
