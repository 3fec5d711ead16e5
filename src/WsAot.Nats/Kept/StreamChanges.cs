namespace WsAot.Nats.Kept;

/// <summary>What has become of a stream.</summary>
/// <param name="IsNewEpoch">Whether it is another stream of the same name.</param>
/// <param name="IsNewLeader">Whether another NATS server leads it: what the former one has stored last it may not have told.</param>
/// <param name="HasMore">Whether it has more messages.</param>
internal readonly record struct StreamChanges(bool IsNewEpoch, bool IsNewLeader, bool HasMore);
