namespace WsAot;

/// <summary>A topic and the number of this server's connections that subscribe to it.</summary>
/// <param name="Name">The topic's name.</param>
/// <param name="SubscriberCount">The number of subscribers when it was counted: 1 or more.</param>
public readonly record struct WsTopicInfo(string Name, int SubscriberCount);
