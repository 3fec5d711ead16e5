using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// Connects the topics of this process with those of other processes. The hub calls it for local events; it passes messages from other
/// processes to <see cref="TopicHub.DeliverFromBackplane"/>. Called on any thread, and must not block.
/// </summary>
internal interface ITopicBackplane
{
    /// <summary>The reason why messages do not pass between this process and others; null if they do. Any thread.</summary>
    string? Problem => null;

    /// <summary>Its state and counters, for the metrics. Any thread.</summary>
    BackplaneCounts Counts => default;

    /// <summary>Whether a server with a <see cref="Problem"/> should get no new clients.</summary>
    bool IsRequired => false;

    /// <summary>The store of topics with history; null if each process keeps its own messages.</summary>
    ITopicStore? Store => null;

    /// <summary>A connection of this process has joined a topic with presence. Called under the lock of the presence.</summary>
    void OnJoined(TopicPresence presence, WsMember member)
    {
    }

    /// <summary>A connection of this process has left a topic with presence. Called under the lock of the presence.</summary>
    void OnLeft(TopicPresence presence, string id)
    {
    }

    /// <summary>The loops exist, and there are no subscribers yet. Called once.</summary>
    void Start(TopicHub hub)
    {
    }

    /// <summary>The loops have ended. Called once, if <see cref="Start"/> was called.</summary>
    void Stop()
    {
    }

    /// <summary>
    /// A topic got its first subscriber in this process. For each topic, this call and <see cref="OnLastUnsubscribed"/> come one at a time
    /// and in order.
    /// </summary>
    void OnFirstSubscribed(string topic);

    /// <summary>A topic lost its last subscriber in this process.</summary>
    void OnLastUnsubscribed(string topic);

    /// <summary>A message was published in this process. The hub delivers it to this process's subscribers.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">Valid during the call.</param>
    void OnPublished(string topic, Opcode opcode, ReadOnlySpan<byte> payload);
}
