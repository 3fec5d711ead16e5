using WsAot.Connections;
using WsAot.Protocol.Frames;

namespace WsAot;

/// <content>More ways to publish and to send to all connections, and the subscribers of topics.</content>
public sealed partial class WsServer
{
    /// <inheritdoc cref="Publish(string, ReadOnlySpan{byte})"/>
    /// <param name="topic">The topic's name.</param>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public void Publish(string topic, string text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        Publish(topic, utf8.Bytes);
    }

    /// <inheritdoc cref="Publish(string, ReadOnlySpan{byte})"/>
    public void Publish(string topic, ReadOnlyMemory<byte> utf8) => Publish(topic, utf8.Span);

    /// <inheritdoc cref="Publish(string, string)"/>
    public void Publish(string topic, ReadOnlySpan<char> text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        Publish(topic, utf8.Bytes);
    }

    /// <inheritdoc cref="PublishBinary(string, ReadOnlySpan{byte})"/>
    public void PublishBinary(string topic, ReadOnlyMemory<byte> payload) => PublishBinary(topic, payload.Span);

    /// <summary>Publishes a text message, as <see cref="Publish(string, string)"/>, and returns its position in the topic.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    /// <returns>
    /// The position of the message, once the message is stored; the default value for a topic without history. With a store outside this
    /// process, the task fails with a <see cref="WsTopicUnavailableException"/> if the store does not confirm the message in time.
    /// </returns>
    public ValueTask<WsTopicPosition> PublishAsync(string topic, string text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        return Context.Topics.PublishAsync(topic, Opcode.Text, utf8.Bytes);
    }

    /// <inheritdoc cref="PublishAsync(string, string)"/>
    /// <param name="topic">The topic's name.</param>
    /// <param name="utf8">Valid UTF-8; it is not checked. You can reuse the memory when the call returns.</param>
    public ValueTask<WsTopicPosition> PublishAsync(string topic, ReadOnlyMemory<byte> utf8) =>
        Context.Topics.PublishAsync(topic, Opcode.Text, utf8.Span);

    /// <summary>
    /// Publishes a binary message, as <see cref="PublishBinary(string, ReadOnlySpan{byte})"/>, and returns its position in the topic.
    /// </summary>
    /// <inheritdoc cref="PublishAsync(string, string)"/>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The message. You can reuse the memory when the call returns.</param>
    public ValueTask<WsTopicPosition> PublishBinaryAsync(string topic, ReadOnlyMemory<byte> payload) =>
        Context.Topics.PublishAsync(topic, Opcode.Binary, payload.Span);

    /// <inheritdoc cref="SendToAll(ReadOnlySpan{byte})"/>
    public void SendToAll(ReadOnlyMemory<byte> utf8) => SendToAll(utf8.Span);

    /// <inheritdoc cref="SendToAll(ReadOnlySpan{byte})"/>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public void SendToAll(ReadOnlySpan<char> text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        SendToAll(utf8.Bytes);
    }

    /// <inheritdoc cref="SendToAll(ReadOnlySpan{char})"/>
    public void SendToAll(string text) => SendToAll(text.AsSpan());

    /// <inheritdoc cref="SendBinaryToAll(ReadOnlySpan{byte})"/>
    public void SendBinaryToAll(ReadOnlyMemory<byte> payload) => SendBinaryToAll(payload.Span);

    /// <summary>
    /// The number of connections of this server that subscribe to a topic. Connections that subscribe or unsubscribe during the call may or
    /// may not be counted. Any thread; the call reads one number for each loop.
    /// </summary>
    /// <param name="topic">The topic's name; compared ordinally. 0 if nobody subscribes to it.</param>
    public int GetSubscriberCount(string topic) => Context.Topics.CountSubscribers(topic);

    /// <summary>
    /// The subscribers of a topic with presence (<see cref="WsTopicOptions.Presence"/>), in any order; empty for a topic without presence.
    /// Any thread.
    /// </summary>
    /// <param name="topic">The topic's name; compared ordinally.</param>
    public IReadOnlyList<WsMember> GetPresent(string topic) => Context.Topics.ListPresent(topic);

    /// <summary>
    /// The topics of this server that have subscribers, in any order, each with its number of subscribers, which is as accurate as <see
    /// cref="GetSubscriberCount"/>. Any thread. The call goes through all topics, so don't call it for each message.
    /// </summary>
    /// <param name="prefix">What the names begin with, compared ordinally; empty: all topics.</param>
    public IReadOnlyList<WsTopicInfo> GetTopics(string prefix = "") => Context.Topics.List(prefix);

    /// <summary>Sends a text message to every open connection. It is framed once and shared by all of them.</summary>
    /// <param name="utf8">Valid UTF-8; it is not checked. You can reuse the memory when the call returns.</param>
    public void SendToAll(ReadOnlySpan<byte> utf8) => Context.Topics.PublishToAll(Opcode.Text, utf8);

    /// <summary>Sends a binary message to every open connection. It is framed once and shared by all of them.</summary>
    /// <param name="payload">The message. You can reuse the memory when the call returns.</param>
    public void SendBinaryToAll(ReadOnlySpan<byte> payload) => Context.Topics.PublishToAll(Opcode.Binary, payload);
}
