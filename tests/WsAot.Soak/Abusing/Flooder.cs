using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Abusing;

/// <summary>Sends messages to a room at a given rate, and reads what comes back.</summary>
internal sealed class Flooder : IDisposable
{
    private readonly ClientSocket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly byte[] _message;
    private readonly double _messagesPerSecond;
    private long _said;

    public Flooder(ServerAddress server, string path, int messageBytes, int bytesPerSecond)
    {
        _message = MaskedFrame.Create(Opcode.Text, [.. Enumerable.Repeat((byte)'f', messageBytes)]);
        _messagesPerSecond = (double)bytesPerSecond / messageBytes;
        _socket = new ClientSocket(server);
        _socket.Connect();
        _socket.Send(OpeningHandshake.Request(path, offersDeflate: false));
        OpeningHandshake.Check(_buffer.AsSpan(0, _socket.Receive(_buffer)));
        _socket.Socket.Blocking = false;
    }

    public void Round()
    {
        while (_socket.Receive(_buffer, out SocketError error) > 0 && error == SocketError.Success)
        {
        }

        // A frame is smaller than a socket's buffer. A frame cut short would end the flood, and the table would show it.
        for (long due = (long)(_watch.Elapsed.TotalSeconds * _messagesPerSecond); _said < due; _said++)
        {
            _socket.Send(_message, out SocketError error);
            if (error != SocketError.Success) return;
        }
    }

    public void Dispose() => _socket.Dispose();
}
