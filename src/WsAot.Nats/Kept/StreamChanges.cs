namespace WsAot.Nats.Kept;

/// <summary>The changes of a stream since the last check.</summary>
/// <param name="IsNewEpoch">Whether it is another stream of the same name.</param>
/// <param name="IsNewLeader">
/// Whether another NATS server leads it: the last messages that the former leader stored may not have been published.
/// </param>
/// <param name="HasMore">Whether it has more messages.</param>
internal readonly record struct StreamChanges(bool IsNewEpoch, bool IsNewLeader, bool HasMore);
