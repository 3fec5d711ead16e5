namespace WsAot.Generators.Model;

/// <summary>What the attribute sets; 0 and null stand for what it does not.</summary>
/// <param name="Compression">The name of the mode.</param>
/// <param name="SlowConsumer">The name of the policy.</param>
internal sealed record RouteOptionsModel(
    EquatableArray<string> Subprotocols,
    int MaxMessageBytes,
    int MaxFragments,
    int MaxPendingOutputBytes,
    string? Compression,
    string? SlowConsumer,
    int MaxRequestsInFlight,
    int MaxBatchLength);
