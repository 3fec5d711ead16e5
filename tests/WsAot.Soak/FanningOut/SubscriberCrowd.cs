using System.Net.Sockets;
using WsAot.Soak.Native;
using WsAot.Soak.Wire;

namespace WsAot.Soak.FanningOut;

/// <summary>Connections to a chat room that read and count its messages. All are on one thread.</summary>
internal sealed class SubscriberCrowd : IDisposable
{
    private readonly ClientSocket[] _sockets;
    private readonly FrameScanner[] _scanners;
    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Thread _thread;
    private volatile bool _isEnding;
    private long _heard;

    public SubscriberCrowd(ServerAddress server, int count)
    {
        _sockets = new ClientSocket[count];
        _scanners = new FrameScanner[count];
        for (int i = 0; i < count; i++)
        {
            ClientSocket socket = OpeningHandshake.Open(server, "/chat/crowd");
            socket.Socket.Blocking = false;
            (_sockets[i], _scanners[i]) = (socket, new FrameScanner());
            _epoll.Add(socket.Socket, i, LibC.EPOLLIN);
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "subscribers" };
        _thread.Start();
    }

    /// <summary>The number of messages that all connections together have received.</summary>
    public long Heard => Volatile.Read(ref _heard);

    /// <summary>One of them sends a message to the room, which includes itself.</summary>
    public void Say(byte[] payload) => _sockets[0].Send(MaskedFrame.Create(Opcode.Text, payload), out _);

    public void Dispose()
    {
        _isEnding = true;
        _thread.Join();
        foreach (ClientSocket socket in _sockets) socket.Dispose();
        _epoll.Dispose();
    }

    private void Run()
    {
        while (!_isEnding)
        {
            int count = _epoll.Wait(100);
            for (int i = 0; i < count; i++) Receive(_epoll[i].Number);
        }
    }

    private void Receive(int number)
    {
        int count = _sockets[number].Receive(_buffer, out SocketError error);
        if (count == 0 || error != SocketError.Success) return;
        FrameScanner scanner = _scanners[number];
        long before = scanner.Messages;
        scanner.Feed(_buffer.AsSpan(0, count), static (_, _) => { });
        Volatile.Write(ref _heard, _heard + scanner.Messages - before);
    }
}
