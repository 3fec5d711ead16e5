using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WsAot.Transport.Sockets;

/// <summary>
/// The address of a listening Unix socket, in place of .NET's <see cref="UnixDomainSocketEndPoint"/>. With .NET's class, a client whose own
/// name is longer than the listener's crashes the process (an accepted address is copied into one of the listener's length), and disposing
/// the socket removes any file at the path.
/// </summary>
internal sealed class BoundUnixEndPoint(UnixEndPoint endPoint) : EndPoint
{
    private const int FamilyBytes = 2;

    /// <summary><c>struct sockaddr_un</c>.</summary>
    private const int MaxLength = 110;

    private bool _isBound;

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    /// <summary>Returns the name until it is bound; afterwards, room for any name.</summary>
    public override SocketAddress Serialize()
    {
        byte[] name = Encoding.UTF8.GetBytes(endPoint.Name);
        if (endPoint.IsAbstract) name[0] = 0;
        int length = FamilyBytes + name.Length + (endPoint.IsAbstract ? 0 : 1);
        var address = new SocketAddress(AddressFamily, _isBound ? MaxLength : length);
        for (int i = 0; i < name.Length; i++) address[FamilyBytes + i] = name[i];
        return address;
    }

    /// <summary>The name has been bound.</summary>
    public void OnBound() => _isBound = true;

    /// <summary>The addresses of clients are not used.</summary>
    public override EndPoint Create(SocketAddress socketAddress) => this;
}
