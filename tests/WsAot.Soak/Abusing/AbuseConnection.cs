using System.Net.Sockets;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Abusing;

/// <summary>One connection of an abuser, driven by one thread together with all the others: nothing blocks.</summary>
internal sealed class AbuseConnection(AbuseKind kind, int number, ServerAddress server) : IDisposable
{
    private static readonly byte[] s_scratch = new byte[16 * 1024];

    private readonly byte[] _request =
        kind.PathOf(number) is { } path ? OpeningHandshake.Request(path, kind.OffersDeflate) : [];
    private ClientSocket? _socket;
    private ReadOnlyMemory<byte> _waiting;
    private bool _hasBegun;
    private int _nextByte;

    /// <summary>How often it was opened again because the server had ended it.</summary>
    public int Endings { get; private set; }

    public AbuseKind Kind => kind;

    public bool IsHeld => _hasBegun;

    /// <summary>Whether the next round must open a connection, which costs more than everything else.</summary>
    public bool NeedsOpening => _socket is null;

    public void Open()
    {
        ClientSocket socket = new(server with { UsesTls = server.UsesTls && !kind.IsBelowTls });
        // Avoid TIME_WAIT, because there are only so many ports.
        socket.Socket.LingerState = new LingerOption(true, 0);
        if (kind.Withholds && kind.SendsMuch) TightSocket.LimitReceiving(socket.Socket);
        else if (kind.Withholds) TightSocket.LimitBoth(socket.Socket);
        try
        {
            socket.Connect();
        }
        catch (SocketException)
        {
            socket.Dispose();
            return;
        }

        socket.Socket.Blocking = false;
        _socket = socket;
        _hasBegun = kind.Path is null;
        _waiting = _hasBegun ? kind.First : _request;
        _nextByte = 0;
    }

    /// <summary>Does everything that can be done now.</summary>
    public void Round()
    {
        if (_socket is null) return;
        // All connections read the answer to the handshake. After it, those that withhold read nothing.
        if ((!_hasBegun || !kind.Withholds) && !Receive())
        {
            Dispose();
            Endings++;
            return;
        }

        if (_waiting.IsEmpty && _hasBegun && !kind.Then.IsEmpty)
        {
            _waiting = kind.ByteByByte ? kind.Then.Slice(_nextByte++ % kind.Then.Length, 1) : kind.Then;
        }

        if (Send()) return;
        Dispose();
        Endings++;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
        _hasBegun = false;
    }

    /// <summary>False: the server ended it.</summary>
    private bool Receive()
    {
        int count = _socket!.Receive(s_scratch, out SocketError error);
        if (error == SocketError.WouldBlock) return true;
        if (error != SocketError.Success) return false;
        if (count == 0) return _hasBegun && kind.IgnoresEnd;
        if (_hasBegun) return true;
        // A refusal counts as an ending. A server with room for a new connection sends the head in one piece.
        if (!s_scratch.AsSpan(0, count).StartsWith("HTTP/1.1 101 "u8)) return false;
        _hasBegun = true;
        _waiting = kind.First;
        return true;
    }

    private bool Send()
    {
        if (_waiting.IsEmpty) return true;
        int count = _socket!.Send(_waiting.Span, out SocketError error);
        if (error == SocketError.WouldBlock) return true;
        if (error != SocketError.Success) return false;
        _waiting = _waiting[count..];
        if (_waiting.IsEmpty && _hasBegun && kind.HalfCloses) _socket.EndOutput();
        return true;
    }
}
