namespace WsAot.Generators.Model;

/// <summary>The options that the attribute sets; 0 or null for those that it does not set.</summary>
/// <param name="Compression">The name of the mode.</param>
/// <param name="SlowConsumer">The name of the policy.</param>
/// <param name="RateLimitPolicy">The name of the policy.</param>
internal sealed record RouteOptionsModel(
    EquatableArray<string> Subprotocols,
    int MaxMessageBytes,
    int MaxFragments,
    int MaxPendingOutputBytes,
    string? Compression,
    string? SlowConsumer,
    int MaxMessagesPerSecond,
    int MaxMessageBurst,
    int MaxBytesPerSecond,
    int MaxByteBurst,
    string? RateLimitPolicy,
    int MaxConnectionLifetimeMs,
    int MaxRequestsInFlight,
    int MaxBatchLength,
    int MaxTopics,
    int MaxSubscribesPerSecond);
