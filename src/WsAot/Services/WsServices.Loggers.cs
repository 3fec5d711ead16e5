using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace WsAot;

/// <summary>Loggers by class, without a container and without reflection.</summary>
public sealed partial class WsServices
{
    private ConcurrentDictionary<Type, object>? _loggers;

    /// <summary>
    /// The logger of a class, for generated code. It is kept: otherwise each connection would have its own, with the text of its category.
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

    /// <summary>Gets what nobody has, but generated code can create: a logger whose type the application's source names.</summary>
    internal object? GetLast(Type serviceType) =>
        // Nothing else needs the logger factory, whose own factory may be asking right now.
        serviceType.IsConstructedGenericType && serviceType.GetGenericTypeDefinition() == typeof(ILogger<>)
            ? _routes?.CreateLogger(serviceType, LoggerFactory)
            : null;
}
