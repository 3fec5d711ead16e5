using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>The options in a <see cref="WsRouteAttribute"/>, as constants. 0 means the server's value.</summary>
/// <param name="template">The path template.</param>
/// <param name="handlerName">The full name of the handler class.</param>
[method: EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WsRouteOptions(string template, string handlerName)
{
    /// <inheritdoc cref="WsRouteAttribute.Template"/>
    public string Template { get; } = template;

    /// <summary>The full name of the handler class.</summary>
    public string HandlerName { get; } = handlerName;

    /// <inheritdoc cref="WsRouteAttribute.Subprotocols"/>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <inheritdoc cref="WsRouteAttribute.MaxMessageBytes"/>
    public int MaxMessageBytes { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxFragments"/>
    public int MaxFragments { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxPendingOutputBytes"/>
    public int MaxPendingOutputBytes { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.Compression"/>
    public WsCompression Compression { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.SlowConsumer"/>
    public SlowConsumerPolicy SlowConsumer { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxMessagesPerSecond"/>
    public int MaxMessagesPerSecond { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxMessageBurst"/>
    public int MaxMessageBurst { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxBytesPerSecond"/>
    public int MaxBytesPerSecond { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxByteBurst"/>
    public int MaxByteBurst { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.RateLimitPolicy"/>
    public RateLimitPolicy RateLimitPolicy { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxConnectionLifetimeMs"/>
    public int MaxConnectionLifetimeMs { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxRequestsInFlight"/>
    public int MaxRequestsInFlight { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxBatchLength"/>
    public int MaxBatchLength { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxTopics"/>
    public int MaxTopics { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxSubscribesPerSecond"/>
    public int MaxSubscribesPerSecond { get; init; }
}
