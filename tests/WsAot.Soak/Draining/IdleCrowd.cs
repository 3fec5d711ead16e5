using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Soak.Native;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Draining;

/// <summary>Connections that send only pongs and answer close frames. All are on one thread.</summary>
internal sealed class IdleCrowd : IDisposable
{
    private readonly ClientSocket?[] _sockets;
    private readonly FrameScanner[] _scanners;
    private readonly int[] _codes;
    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[4096];
    private readonly Thread _thread;
    private volatile bool _isEnding;
    private int _open;
    private int _pings;
    private long _firstPingAt;
    private long _lastPingAt;

    public IdleCrowd(ServerAddress server, int count)
    {
        _sockets = new ClientSocket?[count];
        _scanners = new FrameScanner[count];
        _codes = new int[count];
        for (int i = 0; i < count; i++)
        {
            ClientSocket socket = OpeningHandshake.Open(server, "/echo");
            socket.Socket.Blocking = false;
            (_sockets[i], _scanners[i]) = (socket, new FrameScanner());
            _epoll.Add(socket.Socket, i, LibC.EPOLLIN);
        }

        _open = count;
        _thread = new Thread(Run) { IsBackground = true, Name = "idle crowd" };
        _thread.Start();
    }

    /// <summary>Connections that have not ended.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Pings since <see cref="ForgetPings"/>.</summary>
    public int Pings => Volatile.Read(ref _pings);

    /// <summary>The time from the first of these pings to the last.</summary>
    public TimeSpan PingRound => Stopwatch.GetElapsedTime(Interlocked.Read(ref _firstPingAt), Interlocked.Read(ref _lastPingAt));

    /// <summary>The close codes of the connections that have ended, each with its count; 0: without a close frame.</summary>
    public IReadOnlyDictionary<int, int> Codes => _codes.Where((_, i) => _sockets[i] is null).CountBy(static code => code).ToDictionary();

    public void ForgetPings() => Volatile.Write(ref _pings, 0);

    public void Dispose()
    {
        _isEnding = true;
        _thread.Join();
        foreach (ClientSocket? socket in _sockets) socket?.Dispose();
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
        if (_sockets[number] is not { } socket) return;
        int count = socket.Receive(_buffer, out SocketError error);
        if (error == SocketError.WouldBlock) return;
        if (count == 0 || error != SocketError.Success)
        {
            socket.Dispose();
            _sockets[number] = null;
            Volatile.Write(ref _open, _open - 1);
            return;
        }

        _scanners[number].Feed(_buffer.AsSpan(0, count), (opcode, payload) => Answer(number, socket, opcode, payload));
    }

    private void Answer(int number, ClientSocket socket, Opcode opcode, byte[] payload)
    {
        if (opcode == Opcode.Ping)
        {
            long now = Stopwatch.GetTimestamp();
            if (_pings == 0) Interlocked.Exchange(ref _firstPingAt, now);
            Interlocked.Exchange(ref _lastPingAt, now);
            Volatile.Write(ref _pings, _pings + 1);
            socket.Send(MaskedFrame.Create(Opcode.Pong, payload), out _);
        }
        else if (opcode == Opcode.Close)
        {
            _codes[number] = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 1005;
            socket.Send(MaskedFrame.Create(Opcode.Close, payload.AsSpan(0, Math.Min(2, payload.Length))), out _);
        }
    }
}
