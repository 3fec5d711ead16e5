using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// Keeps the messages of topics with history outside of this process, and gives them their numbers. A message that is published here
/// reaches the subscribers when it comes back: <see cref="KeptTopic.Deliver"/>. Any thread; nothing of it may block.
/// </summary>
internal interface ITopicStore
{
    /// <summary>Publishes a message, after those that were published to the topic before. What fails is counted and logged.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="rule">Its rule, which has a history.</param>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">Valid during the call.</param>
    /// <param name="except">The subscriber that does not get it.</param>
    void Publish(string topic, TopicRule rule, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except);

    /// <summary>As <see cref="Publish"/>, for one who waits for it.</summary>
    /// <returns>The place of the message, when it is stored. Fails with a <see cref="WsTopicUnavailableException"/>.</returns>
    ValueTask<WsTopicPosition> PublishAsync(
        string topic, TopicRule rule, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except);

    /// <summary>
    /// A topic got its first subscriber here: its messages are to be loaded (<see cref="KeptTopic.Load"/>) and, from then on, delivered.
    /// Called under the topic's lock.
    /// </summary>
    void Open(KeptTopic topic);

    /// <summary>A topic lost its last subscriber here, and ends. Called under the topic's lock.</summary>
    void Close(KeptTopic topic);

    /// <summary>Waits until the messages of an open topic are loaded, up to a place that a client has seen elsewhere.</summary>
    /// <returns>Fails with a <see cref="WsTopicUnavailableException"/>.</returns>
    ValueTask WhenReadyAsync(KeptTopic topic, WsTopicPosition since);
}
