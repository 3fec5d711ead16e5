using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// Stores the messages of topics with history outside this process, and numbers them. A message that is published here reaches the
/// subscribers when it comes back from the store, through <see cref="KeptTopic.Deliver"/>. Any thread; no method may block.
/// </summary>
internal interface ITopicStore
{
    /// <summary>Publishes a message, after earlier messages to the topic. Failures are counted and logged.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="rule">The topic's rule, which has a history.</param>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">Valid during the call.</param>
    /// <param name="except">The subscriber that does not get the message.</param>
    void Publish(string topic, TopicRule rule, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except);

    /// <summary>As <see cref="Publish"/>, but the caller waits until the message is stored.</summary>
    /// <returns>The position of the stored message. Fails with a <see cref="WsTopicUnavailableException"/>.</returns>
    ValueTask<WsTopicPosition> PublishAsync(
        string topic, TopicRule rule, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except);

    /// <summary>
    /// A topic got its first subscriber here. Load its messages (<see cref="KeptTopic.Load"/>), then deliver new ones. Called under the
    /// topic's lock.
    /// </summary>
    void Open(KeptTopic topic);

    /// <summary>A topic lost its last subscriber here, and ends. Called under the topic's lock.</summary>
    void Close(KeptTopic topic);

    /// <summary>
    /// Waits until the messages of an open topic are loaded, at least up to the position that a client has seen on another server.
    /// </summary>
    /// <returns>Fails with a <see cref="WsTopicUnavailableException"/>.</returns>
    ValueTask WhenReadyAsync(KeptTopic topic, WsTopicPosition since);
}
