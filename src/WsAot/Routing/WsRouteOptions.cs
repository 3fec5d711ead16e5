namespace WsAot.Routing;

/// <summary>The options in a <see cref="WsRouteAttribute"/>, as constants. 0 means the server's value.</summary>
/// <param name="Template">The path template.</param>
/// <param name="HandlerName">The full name of the handler class.</param>
public sealed record WsRouteOptions(string Template, string HandlerName)
{
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

    /// <inheritdoc cref="WsRouteAttribute.MaxRequestsInFlight"/>
    public int MaxRequestsInFlight { get; init; }

    /// <inheritdoc cref="WsRouteAttribute.MaxBatchLength"/>
    public int MaxBatchLength { get; init; }
}
