using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Soak.Native;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Latency;

/// <summary>One attacker, or one member of the audience, on the thread of <see cref="AttackDriver"/>: nothing blocks.</summary>
internal sealed class AttackConnection(Attack attack, bool isAttacker, ServerAddress server, Epoll epoll, int number) : IDisposable
{
    // A limit, so that one call does not delay the others for long.
    private const int MaxSendBytes = 256 * 1024;
    private const int MaxReceiveBytes = 1024 * 1024;
    // How much of its unsent bytes a paced attacker sends later.
    private static readonly TimeSpan s_maxDebt = TimeSpan.FromMilliseconds(100);

    private static readonly byte[] s_head = new byte[4096];

    private readonly ReadOnlyMemory<byte> _frames = isAttacker ? attack.Frames : default;
    private ClientSocket? _socket;
    private ReadOnlyMemory<byte> _request;
    private ReadOnlyMemory<byte> _rest;
    private long _openedAt;
    private long _paidAt;
    private double _due;
    private uint _interest;

    public bool IsAttacker => isAttacker;

    /// <summary>Whether there is no connection; <see cref="Open"/> makes one.</summary>
    public bool IsClosed => _socket is null;

    /// <summary>Whether the handshake is complete.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>How often the server ended or refused it.</summary>
    public int Endings { get; private set; }

    public long SentBytes { get; private set; }

    public long ReceivedBytes { get; private set; }

    private bool IsPaced => attack.BytesPerSecond > 0;

    private bool Withholds => isAttacker && attack.ComesAgainAfter is not null;

    public void Open()
    {
        // Avoid TIME_WAIT, because there are only so many ports.
        ClientSocket socket = new(server);
        socket.Socket.LingerState = new LingerOption(true, 0);
        if (Withholds) TightSocket.LimitReceiving(socket.Socket);
        socket.Connect();
        socket.Socket.Blocking = false;
        _socket = socket;
        _request = OpeningHandshake.Request(attack.Path, !isAttacker && attack.AudienceOffersDeflate);
        _interest = LibC.EPOLLIN;
        _openedAt = Stopwatch.GetTimestamp();
        epoll.Add(socket.Socket, number, _interest);
        if (!Ask()) End();
    }

    /// <summary>Handles the events that epoll reported for it.</summary>
    public void OnReady(uint events)
    {
        if (_socket is null) return;
        bool goesOn = (events & ~LibC.EPOLLOUT) == 0 || Receive();
        if (goesOn && (events & LibC.EPOLLOUT) != 0) goesOn = Send(MaxSendBytes);
        if (!goesOn) End();
    }

    /// <summary>Called every few milliseconds: a paced attacker sends the bytes that are due, and one that comes again may leave.</summary>
    public void OnTick()
    {
        if (_socket is null || !IsOpen || !isAttacker) return;
        if (attack.ComesAgainAfter is { } time && Stopwatch.GetElapsedTime(_openedAt) > time)
        {
            Dispose();
            return;
        }

        if (!IsPaced) return;
        long now = Stopwatch.GetTimestamp();
        double debt = attack.BytesPerSecond * s_maxDebt.TotalSeconds;
        _due = Math.Min(debt, _due + attack.BytesPerSecond * Stopwatch.GetElapsedTime(_paidAt, now).TotalSeconds);
        _paidAt = now;
        if (!Send((int)_due)) End();
    }

    public void Dispose()
    {
        // Closing the socket removes it from epoll, too.
        _socket?.Dispose();
        _socket = null;
        IsOpen = false;
    }

    private void End()
    {
        Dispose();
        Endings++;
    }

    /// <summary>Sends the request, after the TLS handshake if there is one. False: the server ended the connection.</summary>
    private bool Ask()
    {
        if (_request.IsEmpty) return true;
        int count = _socket!.Send(_request.Span, out SocketError error);
        _request = _request[count..];
        return error is SocketError.Success or SocketError.WouldBlock;
    }

    /// <summary>False: the server ended it.</summary>
    private unsafe bool Receive()
    {
        if (!IsOpen) return Ask() && (!_request.IsEmpty || Begin());
        // MSG_TRUNC: the kernel discards the bytes without copying them (tcp(7)). Under TLS, the discarded records need no answer.
        nint count = LibC.Recv((int)_socket!.Socket.Handle, null, MaxReceiveBytes, LibC.MSG_TRUNC | LibC.MSG_DONTWAIT);
        if (count <= 0) return count < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() is 4 or 11;
        ReceivedBytes += count;
        return true;
    }

    private bool Begin()
    {
        // The head comes in one piece. Ignore any bytes after it.
        int count = _socket!.Receive(s_head, out SocketError error);
        if (error == SocketError.WouldBlock) return true;
        if (error != SocketError.Success || !s_head.AsSpan(0, count).StartsWith("HTTP/1.1 101 "u8)) return false;
        IsOpen = true;
        _rest = _frames;
        _paidAt = Stopwatch.GetTimestamp();
        _due = 0;
        Watch();
        return true;
    }

    private bool Send(int most)
    {
        while (most > 0 && !_rest.IsEmpty)
        {
            int count = _socket!.Send(_rest.Span[..Math.Min(most, _rest.Length)], out SocketError error);
            if (error == SocketError.WouldBlock) break;
            if (error != SocketError.Success) return false;
            most -= count;
            _due -= count;
            SentBytes += count;
            _rest = _rest[count..];
            if (_rest.IsEmpty && !Withholds) _rest = _frames;
        }

        Watch();
        return true;
    }

    private void Watch()
    {
        uint interest = Withholds ? 0 : LibC.EPOLLIN;
        if (!_rest.IsEmpty && !IsPaced) interest |= LibC.EPOLLOUT;
        if (interest == _interest) return;
        _interest = interest;
        epoll.Modify(_socket!.Socket, number, interest);
    }
}
