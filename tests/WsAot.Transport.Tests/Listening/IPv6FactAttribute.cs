using System.Net;
using System.Net.Sockets;

namespace WsAot.Transport.Tests.Listening;

/// <summary>A test for machines that have IPv6.</summary>
internal sealed class IPv6FactAttribute : FactAttribute
{
    public IPv6FactAttribute()
    {
        if (!Socket.OSSupportsIPv6 || !CanBind()) Skip = "This machine has no IPv6 loopback (::1).";
    }

    private static bool CanBind()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
