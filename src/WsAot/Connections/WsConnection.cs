using System.ComponentModel;
using System.Net;
using WsAot.Connections;
using WsAot.Protocol.Frames;

namespace WsAot;

/// <summary>
/// A client's connection. All members may be used from any thread; calls made on the connection's own loop (in its handler, and after an
/// <c>await</c> there) act at once and in order, those from elsewhere are posted to the loop and run there in the order of the caller.
/// </summary>
public sealed class WsConnection
{
    private readonly Session _session;

    internal WsConnection(Session session, long id, string path, string? subprotocol)
    {
        _session = session;
        Id = id;
        Path = path;
        Subprotocol = subprotocol;
    }

    /// <summary>A number that no other connection of this server has had.</summary>
    public long Id { get; }

    /// <summary>The path of the request, percent-decoded.</summary>
    public string Path { get; }

    /// <summary>The subprotocol that was agreed on (RFC 6455 section 1.9); null for none.</summary>
    public string? Subprotocol { get; }

    /// <summary>The address at the other end of the TCP connection; a proxy's, if one stands between.</summary>
    public IPEndPoint RemoteEndPoint => _session.Transport.RemoteAddress.ToIPEndPoint();

    /// <summary>Where the connection stands.</summary>
    public WsState State => _session.State;

    /// <summary>Output in bytes that waits for the peer. On other threads than the loop's it may be a moment old.</summary>
    public int PendingOutputBytes => _session.PendingOutputBytes;

    /// <summary>Cancelled when the TCP connection has ended. Callbacks run on the connection's loop.</summary>
    public CancellationToken ConnectionClosed => _session.ConnectionClosed;

    /// <summary>
    /// The services that the server was built with; where they come from a container that has scopes, those of this connection's scope,
    /// which ends when the connection and its handler have ended.
    /// </summary>
    public IServiceProvider Services => _session.Services;

    /// <summary>The server to which this connection belongs.</summary>
    public WsServer Server => _session.Server;

    /// <summary>The upgrade request, for generated code, where the handler's methods bind something of it.</summary>
    /// <exception cref="InvalidOperationException">The route does not keep it.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public WsRequest KeptRequest => _session.KeptRequest ?? throw new InvalidOperationException("This route does not keep the request.");

    internal Session Session => _session;

    /// <summary>Sends a text message (RFC 6455 section 5.6).</summary>
    /// <param name="utf8">Valid UTF-8, which is not checked again. Free for reuse when the call returns.</param>
    public SendResult Send(ReadOnlySpan<byte> utf8) => _session.Send(Opcode.Text, utf8);

    /// <inheritdoc cref="Send(ReadOnlySpan{byte})"/>
    public SendResult Send(ReadOnlyMemory<byte> utf8) => _session.Send(Opcode.Text, utf8.Span);

    /// <summary>Sends a text message.</summary>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public SendResult Send(ReadOnlySpan<char> text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        return _session.Send(Opcode.Text, utf8.Bytes);
    }

    /// <inheritdoc cref="Send(ReadOnlySpan{char})"/>
    public SendResult Send(string text) => Send(text.AsSpan());

    /// <summary>Sends a binary message (RFC 6455 section 5.6).</summary>
    /// <param name="payload">Free for reuse when the call returns.</param>
    public SendResult SendBinary(ReadOnlySpan<byte> payload) => _session.Send(Opcode.Binary, payload);

    /// <inheritdoc cref="SendBinary(ReadOnlySpan{byte})"/>
    public SendResult SendBinary(ReadOnlyMemory<byte> payload) => _session.Send(Opcode.Binary, payload.Span);

    /// <summary>Sends a ping (RFC 6455 section 5.5.2); the answer comes to the handler's <see cref="OnPongAttribute"/> method.</summary>
    /// <param name="payload">At most 125 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="payload"/> is longer.</exception>
    public SendResult Ping(ReadOnlySpan<byte> payload = default)
    {
        if (payload.Length > 125) throw new ArgumentException("A ping carries at most 125 bytes (RFC 6455 section 5.5).", nameof(payload));
        return _session.Send(Opcode.Ping, payload);
    }

    /// <summary>
    /// Begins the closing handshake (RFC 6455 section 7.1.2): after what was sent before goes a close frame, and messages that still
    /// come in are dropped. Without effect if it has begun already.
    /// </summary>
    /// <param name="code">1000 to 1003, 1007 to 1014, or 3000 to 4999 (section 7.4).</param>
    /// <param name="reason">Cut off at a character after 123 bytes of UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is another.</exception>
    public void Close(ushort code = 1000, string reason = "")
    {
        Session.ThrowIfNotSendable(code);
        _session.Close(code, reason);
    }

    /// <summary>Drops the TCP connection without a closing handshake.</summary>
    public void Abort() => _session.Abort();

    /// <summary>Has this connection hear what is published to a topic, until <see cref="Unsubscribe"/> or its end. Twice is once.</summary>
    /// <param name="topic">Any name; compared ordinally.</param>
    public void Subscribe(string topic) => _session.Subscribe(topic);

    /// <summary>Ends a subscription, if there is one.</summary>
    public void Unsubscribe(string topic) => _session.Unsubscribe(topic);

    /// <summary>Sends a text message to all subscribers of a topic, this connection included if it is one.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="utf8">Valid UTF-8, which is not checked again. Free for reuse when the call returns.</param>
    public void Publish(string topic, ReadOnlySpan<byte> utf8) => _session.Publish(topic, Opcode.Text, utf8);

    /// <summary>Sends a text message to all subscribers of a topic, this connection included if it is one.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public void Publish(string topic, string text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        _session.Publish(topic, Opcode.Text, utf8.Bytes);
    }

    /// <summary>Sends a binary message to all subscribers of a topic, this connection included if it is one.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">Free for reuse when the call returns.</param>
    public void PublishBinary(string topic, ReadOnlySpan<byte> payload) => _session.Publish(topic, Opcode.Binary, payload);
}
