using System.Net;

namespace WsAot.Transport;

/// <summary>
/// An address to listen on. <see cref="ILoopHandler.OnConnected"/> gets the same object with each connection that was accepted there, so
/// that a server with several listeners knows which one it was.
/// </summary>
/// <param name="endPoint">The address and the port; port 0 has the system choose one.</param>
public sealed class ListenOptions(IPEndPoint endPoint)
{
    /// <summary>The address and the port; port 0 has the system choose one.</summary>
    public IPEndPoint EndPoint { get; } = endPoint;

    /// <summary>An object of the caller that says what this listener is for. The transport does not use it.</summary>
    public object? State { get; init; }

    /// <summary>
    /// The descriptor of a socket that listens at the address already, from another process; null, the default: the transport opens one.
    /// The epoll transport takes it over; the others refuse it.
    /// </summary>
    public int? InheritedSocket { get; init; }

    /// <summary>
    /// What is needed to speak TLS on this address, from <see cref="ServerTransport.CreateTls"/> of the same transport; null, the default:
    /// it is plain.
    /// </summary>
    public TlsServer? Tls { get; init; }
}
