using System.Net.Sockets;

namespace WsAot.Soak.Wire;

/// <summary>Sockets with small kernel buffers, so that the server, not the kernel, keeps unread output.</summary>
internal static class TightSocket
{
    private const int ReceiveBufferBytes = 4096;

    /// <summary>Call this before connecting. Our side's kernel then keeps only a few KiB of unread bytes.</summary>
    public static void LimitReceiving(Socket socket) => socket.ReceiveBufferSize = ReceiveBufferBytes;

    /// <summary>
    /// Call this before connecting. The server's kernel then keeps little, too. On loopback, with segments of 64 KiB, Linux keeps 2.5 MiB
    /// in a send buffer from the start; with segments of 536 bytes, 46 KiB.
    /// </summary>
    public static void LimitBoth(Socket socket)
    {
        const int Tcp = 6;
        const int TcpMaxSegment = 2;
        LimitReceiving(socket);
        socket.SetRawSocketOption(Tcp, TcpMaxSegment, BitConverter.GetBytes(536));
    }
}
