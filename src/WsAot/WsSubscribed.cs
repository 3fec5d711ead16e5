namespace WsAot;

/// <summary>What became of <see cref="WsConnection.SubscribeAsync"/>.</summary>
/// <param name="Position">
/// The place from which the connection gets the messages: those that were kept come first, and the first message has the offset that
/// follows. A topic without history has none.
/// </param>
/// <param name="IsRecovered">
/// Whether nothing is missing between the place that was asked for and <paramref name="Position"/>; false: something is gone, since it was
/// too old, too much, or of another epoch.
/// </param>
public readonly record struct WsSubscribed(WsTopicPosition Position, bool IsRecovered);
