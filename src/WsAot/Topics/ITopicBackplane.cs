using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// Connects the topics of this process with those of others. The hub tells it what happens here; what it hears from elsewhere it gives to
/// <see cref="TopicHub.DeliverFromBackplane"/>. Called on any thread, and must not block.
/// </summary>
internal interface ITopicBackplane
{
    /// <summary>
    /// The first subscriber of this process begins to hear a topic. Calls for one topic come one at a time and in order, with
    /// <see cref="OnLastUnsubscribed"/>.
    /// </summary>
    void OnFirstSubscribed(string topic);

    /// <summary>Nobody in this process hears the topic any more.</summary>
    void OnLastUnsubscribed(string topic);

    /// <summary>A message was published here. Subscribers of this process get it from the hub.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">Valid during the call.</param>
    void OnPublished(string topic, Opcode opcode, ReadOnlySpan<byte> payload);
}
