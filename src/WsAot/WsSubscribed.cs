namespace WsAot;

/// <summary>The result of <see cref="WsConnection.SubscribeAsync"/>.</summary>
/// <param name="Position">
/// The position after which the connection gets messages, stored ones first: the first message has the next offset. The default value for a
/// topic without history.
/// </param>
/// <param name="IsRecovered">
/// True if no message is missing between the requested position and <paramref name="Position"/>; false if messages are lost, because they
/// were too old or too many, or belong to another epoch.
/// </param>
public readonly record struct WsSubscribed(WsTopicPosition Position, bool IsRecovered);
