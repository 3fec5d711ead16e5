using WsAot.Connections;
using WsAot.Protocol.Frames;

namespace WsAot;

/// <content>The topics that the connection subscribes and publishes to.</content>
public sealed partial class WsConnection
{
    /// <summary>
    /// Subscribes the connection to a topic, until <see cref="Unsubscribe"/> or until it closes. Subscribing again has no effect.
    /// </summary>
    /// <param name="topic">Any name; compared ordinally.</param>
    public void Subscribe(string topic) => _session.Subscribe(topic);

    /// <summary>
    /// Subscribes the connection to a topic that keeps messages (<see cref="WsServerBuilder.Topics"/>), starting at a position: it gets the
    /// messages kept since then, in order, and then the new ones, without repeats or gaps. If it subscribes already, it starts again from
    /// the position. What the handler sends before it returns goes first.
    /// </summary>
    /// <param name="topic">Any name; compared ordinally.</param>
    /// <param name="since">
    /// The position of the last message that the client has, or <see cref="WsTopicPosition.Oldest"/> for all messages that are kept.
    /// </param>
    /// <returns>The result. On the connection's loop, where handlers run, it is available at once.</returns>
    public ValueTask<WsSubscribed> SubscribeAsync(string topic, WsTopicPosition since) => _session.SubscribeAsync(topic, since);

    /// <summary>Ends the subscription to a topic. Has no effect if there is none.</summary>
    public void Unsubscribe(string topic) => _session.Unsubscribe(topic);

    /// <summary>Publishes a text message to all subscribers of a topic, including this connection if it subscribes.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="utf8">Valid UTF-8; it is not checked. You can reuse the memory when the call returns.</param>
    public void Publish(string topic, ReadOnlySpan<byte> utf8) => _session.Publish(topic, Opcode.Text, utf8);

    /// <inheritdoc cref="Publish(string, ReadOnlySpan{byte})"/>
    public void Publish(string topic, ReadOnlyMemory<byte> utf8) => _session.Publish(topic, Opcode.Text, utf8.Span);

    /// <summary>Publishes a text message to all subscribers of a topic, including this connection if it subscribes.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public void Publish(string topic, ReadOnlySpan<char> text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        _session.Publish(topic, Opcode.Text, utf8.Bytes);
    }

    /// <inheritdoc cref="Publish(string, ReadOnlySpan{char})"/>
    public void Publish(string topic, string text) => Publish(topic, text.AsSpan());

    /// <summary>Publishes a binary message to all subscribers of a topic, including this connection if it subscribes.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The message. You can reuse the memory when the call returns.</param>
    public void PublishBinary(string topic, ReadOnlySpan<byte> payload) => _session.Publish(topic, Opcode.Binary, payload);

    /// <inheritdoc cref="PublishBinary(string, ReadOnlySpan{byte})"/>
    public void PublishBinary(string topic, ReadOnlyMemory<byte> payload) => _session.Publish(topic, Opcode.Binary, payload.Span);

    /// <summary>
    /// Publishes a text message to all subscribers of a topic except this connection. The connection need not subscribe. The message has
    /// its place in the topic's order like any other.
    /// </summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="utf8">Valid UTF-8; it is not checked. You can reuse the memory when the call returns.</param>
    public void PublishToOthers(string topic, ReadOnlySpan<byte> utf8) => _session.PublishToOthers(topic, Opcode.Text, utf8);

    /// <inheritdoc cref="PublishToOthers(string, ReadOnlySpan{byte})"/>
    public void PublishToOthers(string topic, ReadOnlyMemory<byte> utf8) => _session.PublishToOthers(topic, Opcode.Text, utf8.Span);

    /// <inheritdoc cref="PublishToOthers(string, ReadOnlySpan{byte})"/>
    /// <param name="topic">The topic's name.</param>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public void PublishToOthers(string topic, ReadOnlySpan<char> text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        _session.PublishToOthers(topic, Opcode.Text, utf8.Bytes);
    }

    /// <inheritdoc cref="PublishToOthers(string, ReadOnlySpan{char})"/>
    public void PublishToOthers(string topic, string text) => PublishToOthers(topic, text.AsSpan());

    /// <summary>
    /// Like <see cref="PublishToOthers(string, ReadOnlySpan{byte})"/>, and returns the position of the message once it is kept.
    /// </summary>
    internal ValueTask<WsTopicPosition> PublishToOthersAsync(string topic, ReadOnlySpan<byte> utf8) =>
        _session.PublishToOthersAsync(topic, Opcode.Text, utf8);

    /// <summary>Publishes a binary message to all subscribers of a topic except this connection, which need not subscribe.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The message. You can reuse the memory when the call returns.</param>
    public void PublishBinaryToOthers(string topic, ReadOnlySpan<byte> payload) =>
        _session.PublishToOthers(topic, Opcode.Binary, payload);

    /// <inheritdoc cref="PublishBinaryToOthers(string, ReadOnlySpan{byte})"/>
    public void PublishBinaryToOthers(string topic, ReadOnlyMemory<byte> payload) =>
        _session.PublishToOthers(topic, Opcode.Binary, payload.Span);
}
