using System.ComponentModel;
using System.Net;
using WsAot.Connections;
using WsAot.Protocol.Frames;

namespace WsAot;

/// <summary>
/// A client's connection. You can use all members from any thread. Calls made on the connection's own loop (in its handler, also after an
/// <c>await</c>) act at once and in order. Calls from another thread are posted to the loop and run there in the order in which you made
/// them.
/// </summary>
public sealed partial class WsConnection
{
    private readonly Session _session;

    internal WsConnection(Session session, long id, SharedNames names)
    {
        _session = session;
        Id = id;
        Names = names;
    }

    /// <summary>A number that is unique among all connections that this server has had.</summary>
    public long Id { get; }

    /// <summary>The path of the request, percent-decoded.</summary>
    public string Path => Names.Path;

    /// <summary>The negotiated subprotocol (RFC 6455 section 1.9); null if there is none.</summary>
    public string? Subprotocol => Names.Subprotocol;

    /// <summary>The client's address, the same as <see cref="WsRequest.RemoteEndPoint"/>.</summary>
    public IPEndPoint RemoteEndPoint => _session.Transport.RemoteAddress.ToIPEndPoint();

    /// <summary>The state of the connection.</summary>
    public WsState State => _session.State;

    /// <summary>
    /// Pending output in bytes: what you have sent and the client has not read. Off the connection's loop, the value may be slightly out of
    /// date.
    /// </summary>
    public int PendingOutputBytes => _session.PendingOutputBytes;

    /// <summary>Cancelled when the TCP connection has ended. Its callbacks run on the connection's loop.</summary>
    public CancellationToken ConnectionClosed => _session.ConnectionClosed;

    /// <summary>
    /// The services of the server. If they come from a container with scopes, these are the services of the connection's own scope, which
    /// ends after the connection and its handler have ended.
    /// </summary>
    public IServiceProvider Services => _session.Services;

    /// <summary>
    /// The user of the connection, set by the <see cref="OnUpgradeAttribute"/> method with <see cref="WsUpgrade.WithUser"/>; null if it set
    /// none.
    /// </summary>
    public string? User => _session.User;

    /// <summary>The server that the connection belongs to.</summary>
    public WsServer Server => _session.Server;

    /// <summary>
    /// An object of your own that belongs to the connection, for code that has the connection but not its handler, such as a loop over
    /// <see cref="WsServer.GetConnections"/>. Null until you set it. It uses memory only on connections where you set it. WsAot does not
    /// dispose it.
    /// </summary>
    public object? UserState
    {
        get => _session.UserState;
        set => _session.UserState = value;
    }

    /// <summary>The upgrade request. Used by generated code if a method of the handler takes the request or a part of it.</summary>
    /// <exception cref="InvalidOperationException">The route does not keep the request.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public WsRequest KeptRequest => _session.KeptRequest ?? throw new InvalidOperationException("This route does not keep the request.");

    internal Session Session => _session;

    internal SharedNames Names { get; }

    /// <summary>The <see cref="UserState"/> as an object of this type; null if it has another type or is not set.</summary>
    /// <typeparam name="T">The class or interface.</typeparam>
    public T? GetUserState<T>()
        where T : class => UserState as T;

    /// <summary>Sends a text message (RFC 6455 section 5.6).</summary>
    /// <param name="utf8">Valid UTF-8; it is not checked. You can reuse the memory when the call returns.</param>
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
    /// <param name="payload">The message. You can reuse the memory when the call returns.</param>
    public SendResult SendBinary(ReadOnlySpan<byte> payload) => _session.Send(Opcode.Binary, payload);

    /// <inheritdoc cref="SendBinary(ReadOnlySpan{byte})"/>
    public SendResult SendBinary(ReadOnlyMemory<byte> payload) => _session.Send(Opcode.Binary, payload.Span);

    /// <summary>Sends a ping (RFC 6455 section 5.5.2). The pong arrives at the handler's <see cref="OnPongAttribute"/> method.</summary>
    /// <param name="payload">At most 125 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="payload"/> is longer than 125 bytes.</exception>
    public SendResult Ping(ReadOnlySpan<byte> payload = default)
    {
        if (payload.Length > 125) throw new ArgumentException("A ping carries at most 125 bytes (RFC 6455 section 5.5).", nameof(payload));
        return _session.SendPing(payload);
    }

    /// <summary>
    /// Starts the closing handshake (RFC 6455 section 7.1.2): sends a close frame after all messages you have sent, and drops messages that
    /// still arrive. Has no effect if the handshake has already started.
    /// </summary>
    /// <param name="code">1000 to 1003, 1007 to 1014, or 3000 to 4999 (section 7.4).</param>
    /// <param name="reason">Shown to the client. Cut after 123 bytes of UTF-8, at a character boundary.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not one of these.</exception>
    public void Close(ushort code = 1000, string reason = "")
    {
        Session.ThrowIfNotSendable(code);
        _session.Close(code, reason);
    }

    /// <summary>Drops the TCP connection without a closing handshake.</summary>
    public void Abort() => _session.Abort();
}
