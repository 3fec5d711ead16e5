using System.Net;

namespace WsAot.Transport;

/// <summary>
/// An address to listen on. <see cref="ILoopHandler.OnConnected"/> gets the same object with each connection that was accepted there, so
/// that a server with several listeners knows which one it was.
/// </summary>
/// <param name="endPoint">
/// An <see cref="IPEndPoint"/> (with port 0, the system chooses one) or a <see cref="UnixEndPoint"/>.
/// </param>
public sealed class ListenOptions(EndPoint endPoint)
{
    /// <summary>An <see cref="IPEndPoint"/> (with port 0, the system chooses one) or a <see cref="UnixEndPoint"/>.</summary>
    public EndPoint EndPoint { get; } = endPoint;

    /// <summary>
    /// An address of the other family to listen on too, with the port of <see cref="EndPoint"/>, if the machine supports that family.
    /// Default: null.
    /// </summary>
    public IPAddress? Twin { get; init; }

    /// <summary>Your own object that tells what this listener is for. The transport does not use it.</summary>
    public object? State { get; init; }

    /// <summary>
    /// The descriptors of sockets from another process that already listen at the address: first that of <see cref="EndPoint"/>, then that
    /// of <see cref="Twin"/>. Empty, the default: the transport opens its own. The epoll transport takes them over; the others refuse them.
    /// </summary>
    public IReadOnlyList<int> InheritedSockets { get; init; } = [];

    /// <summary>
    /// The certificates for TLS on this address, from <see cref="ServerTransport.CreateTls"/> of the same transport; null, the default: no
    /// TLS.
    /// </summary>
    public TlsServer? Tls { get; init; }

    /// <summary>
    /// Whether each connection begins with a preamble, which comes unencrypted before TLS: see <see cref="TransportConnection.Preamble"/>.
    /// Default: false.
    /// </summary>
    public bool HasPreamble { get; init; }

    /// <summary>The permissions of the file of a Unix socket. Default: 0660, its owner and group may connect.</summary>
    public UnixFileMode UnixMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>The ID of the user that owns the file of a Unix socket; -1, the default: the user of this process.</summary>
    public int UnixUserId { get; init; } = -1;

    /// <summary>The ID of the group of the file of a Unix socket; -1, the default: that of new files.</summary>
    public int UnixGroupId { get; init; } = -1;
}
