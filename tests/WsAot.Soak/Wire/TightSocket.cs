using System.Net.Sockets;

namespace WsAot.Soak.Wire;

/// <summary>Sockets between which little is on the way, so that it is the server, not the kernel, that keeps what is not read.</summary>
internal static class TightSocket
{
    private const int ReceiveBufferBytes = 4096;

    /// <summary>Before it is connected: this side's kernel takes only a few KiB that are not read.</summary>
    public static void LimitReceiving(Socket socket) => socket.ReceiveBufferSize = ReceiveBufferBytes;

    /// <summary>
    /// Before it is connected: the server's kernel keeps little too. Over loopback, with its segments of 64 KiB, Linux keeps 2.5 MiB in a
    /// send buffer from the start; with segments of 536 bytes 46 KiB.
    /// </summary>
    public static void LimitBoth(Socket socket)
    {
        const int Tcp = 6;
        const int TcpMaxSegment = 2;
        LimitReceiving(socket);
        socket.SetRawSocketOption(Tcp, TcpMaxSegment, BitConverter.GetBytes(536));
    }
}
