using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Abusing;

/// <summary>Talks in the flooded room, and reads what comes back to it.</summary>
internal sealed class Flooder : IDisposable
{
    // 40 KB/ms to each of 1,000 would measure the machine's copying: 200 KB/s fill what the server may keep for each within the hold.
    private const int MessageBytes = 4000;
    private const int MessagesPerSecond = 50;

    private static readonly byte[] s_message = MaskedFrame.Create(Opcode.Text, [.. Enumerable.Repeat((byte)'f', MessageBytes)]);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _said;

    public Flooder(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(OpeningHandshake.Request(AbuseKinds.FloodedPath, offersDeflate: false));
        OpeningHandshake.Check(_buffer.AsSpan(0, _socket.Receive(_buffer)));
        _socket.Blocking = false;
    }

    public void Round()
    {
        while (_socket.Receive(_buffer, SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
        {
        }

        // A frame is smaller than a socket's buffer: one that is cut short would end the flood, and be seen in the table.
        for (long due = (long)(_watch.Elapsed.TotalSeconds * MessagesPerSecond); _said < due; _said++)
        {
            _socket.Send(s_message, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success) return;
        }
    }

    public void Dispose() => _socket.Dispose();
}
