namespace WsAot;

/// <summary>
/// Marks the method called with the payload (at most 125 bytes) of each pong: the answer to <see cref="WsConnection.Ping"/>, the answer to
/// a keep-alive ping of the server (empty), or an unsolicited pong of the client (RFC 6455 section 5.5.3).
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnPongAttribute : Attribute;
