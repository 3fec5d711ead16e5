using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Soak.Wire;

namespace WsAot.Soak.SlowReading;

/// <summary>
/// A healthy client on a slow line: it reads at a fixed rate, without a pause, and answers what it has read. All of them are on one thread,
/// so nothing blocks.
/// </summary>
internal sealed class SlowReader : IDisposable
{
    private static readonly byte[] s_last = "still here?"u8.ToArray();

    private readonly ClientSocket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly FrameScanner _scanner = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    // Control frames to send between its messages.
    private readonly Queue<byte[]> _control = new();
    private readonly byte[]? _traffic;
    private ReadOnlyMemory<byte> _sending;
    private long _takenBefore;
    private bool _isCatchingUp;

    /// <param name="route">For the table.</param>
    /// <param name="bytesPerSecond">0: reads nothing after the handshake.</param>
    /// <param name="server">Where it is.</param>
    /// <param name="path">The path to upgrade to.</param>
    /// <param name="traffic">A frame that it sends as often as the server accepts it; null: it sends no messages.</param>
    public SlowReader(string route, int bytesPerSecond, ServerAddress server, string path, byte[]? traffic)
    {
        (Route, BytesPerSecond, _traffic) = (route, bytesPerSecond, traffic);
        _socket = new ClientSocket(server);
        // A kernel with a large buffer would report no progress for a long time, unlike a phone's line.
        TightSocket.LimitReceiving(_socket.Socket);
        _socket.Connect();
        _socket.Send(OpeningHandshake.Request(path, offersDeflate: false));
        ReadHead();
        _socket.Socket.Blocking = false;
        _watch.Restart();
        _takenBefore = _socket.TakenBytes;
    }

    public string Route { get; }

    public int BytesPerSecond { get; }

    public bool IsStalled => BytesPerSecond == 0;

    /// <summary>The bytes read from TCP after the handshake. Over TLS these are ciphertext, so the rate is the same.</summary>
    public long ReadBytes => _socket.TakenBytes - _takenBefore;

    public long Messages => _scanner.Messages;

    /// <summary>The number of the server's pings that it has answered.</summary>
    public int Pings { get; private set; }

    /// <summary>How long after opening the server ended it; null: it did not.</summary>
    public TimeSpan? GoneAfter { get; private set; }

    public string? GoneHow { get; private set; }

    /// <summary>Whether the server answered it at the end.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Does what is due.</summary>
    public void Round()
    {
        if (GoneAfter is not null) return;
        try
        {
            // A peer that does not read still detects a reset.
            if (_socket.Socket.Poll(0, SelectMode.SelectError)) End("reset");
            else if (Read()) Send();
        }
        catch (SocketException exception)
        {
            End(exception.SocketErrorCode.ToString());
        }
        catch (WireException exception)
        {
            End(exception.Message);
        }
    }

    /// <summary>Reads without a limit from now on, and sends a ping. Only a client that is still connected gets the pong.</summary>
    public void CatchUp()
    {
        if (GoneAfter is not null || IsStalled) return;
        _isCatchingUp = true;
        _socket.Socket.ReceiveBufferSize = 1024 * 1024;
        _control.Enqueue(MaskedFrame.Create(Opcode.Ping, s_last));
    }

    public void Dispose() => _socket.Dispose();

    public override string ToString()
    {
        string end = GoneAfter is { } time ? $"ended by the server after {time.TotalSeconds:F1} s ({GoneHow})"
            : IsAnswered ? "alive"
            : "still connected";
        return $"{Route,-6} {BytesPerSecond / 1000.0,5:F1} {ReadBytes / 1024.0,9:F1} {Messages,9} {Pings,6}  {end}";
    }

    private void ReadHead()
    {
        // Read not a byte more: the rest is read at the client's rate. The timeout is only a guard.
        _socket.Socket.ReceiveTimeout = 30_000;
        int count = 0;
        while (!_buffer.AsSpan(0, count).EndsWith("\r\n\r\n"u8))
        {
            if (_socket.Receive(_buffer.AsSpan(count, 1)) == 0) throw new WireException("TCP ended within the handshake");
            count++;
        }

        OpeningHandshake.Check(_buffer.AsSpan(0, count));
    }

    /// <summary>False: the connection has ended.</summary>
    private bool Read()
    {
        while (GoneAfter is null)
        {
            long due = _isCatchingUp ? _buffer.Length : (long)(_watch.Elapsed.TotalSeconds * BytesPerSecond) - ReadBytes;
            if (due <= 0) return true;
            int count = _socket.Receive(_buffer.AsSpan(0, (int)Math.Min(due, _buffer.Length)), out SocketError error);
            if (error == SocketError.WouldBlock) return true;
            if (error != SocketError.Success) throw new SocketException((int)error);
            if (count == 0) End("TCP ended without a close frame");
            _scanner.Feed(_buffer.AsSpan(0, count), OnControl);
        }

        return false;
    }

    private void OnControl(Opcode opcode, byte[] payload)
    {
        switch (opcode)
        {
            case Opcode.Ping:
                Pings++;
                _control.Enqueue(MaskedFrame.Create(Opcode.Pong, payload));
                break;
            case Opcode.Pong:
                IsAnswered |= payload.AsSpan().SequenceEqual(s_last);
                break;
            default:
                End($"close frame {(payload.Length < 2 ? 1005 : (payload[0] << 8) | payload[1])}");
                break;
        }
    }

    /// <summary>Sends as much as the server accepts now.</summary>
    private void Send()
    {
        while (true)
        {
            if (_sending.IsEmpty)
            {
                if (_control.TryDequeue(out byte[]? frame)) _sending = frame;
                else if (_traffic is not null && !_isCatchingUp) _sending = _traffic;
                else return;
            }

            int count = _socket.Send(_sending.Span, out SocketError error);
            if (error == SocketError.WouldBlock) return;
            if (error != SocketError.Success) throw new SocketException((int)error);
            _sending = _sending[count..];
        }
    }

    private void End(string how)
    {
        GoneAfter ??= _watch.Elapsed;
        GoneHow ??= how;
    }
}
