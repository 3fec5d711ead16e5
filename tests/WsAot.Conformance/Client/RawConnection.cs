using System.Net.Sockets;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Client;

/// <summary>A TCP connection that sends what it is told, byte for byte, and reads what comes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly CaseContext _context;
    private int _start;
    private int _end;
    private bool _hasEnded;

    private RawConnection(CaseContext context) => _context = context;

    public Trace Trace { get; } = new();

    /// <summary>True when the end was a reset, not a FIN.</summary>
    public bool WasReset { get; private set; }

    public CaseContext Context => _context;

    public static async Task<RawConnection> OpenAsync(CaseContext context)
    {
        RawConnection connection = new(context);
        try
        {
            await connection._socket.ConnectAsync(context.Options.Target.IdnHost, context.Options.Target.Port, context.Cancellation);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends all of it. A server that has failed the connection need not read on, so a broken connection is no error here.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Trace.Sent(bytes.Span);
        await TrySendAsync(bytes);
    }

    /// <summary>Sends it in writes of this many bytes, the last of which may be shorter.</summary>
    public async Task SendInPiecesAsync(ReadOnlyMemory<byte> bytes, int pieceBytes)
    {
        Trace.Sent(bytes.Span);
        Trace.Note($"(in writes of {pieceBytes} bytes)");
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(pieceBytes, bytes.Length);
            if (!await TrySendAsync(bytes[..count])) return;
            bytes = bytes[count..];
        }
    }

    /// <summary>Sends one part, lets the server have it, and sends the other.</summary>
    public async Task SendSplitAsync(ReadOnlyMemory<byte> bytes, int position)
    {
        await SendAsync(bytes[..position]);
        await PauseAsync();
        await SendAsync(bytes[position..]);
    }

    /// <summary>Long enough that what was sent is most likely read by itself. Nothing depends on it.</summary>
    public Task PauseAsync() => Task.Delay(2, _context.Cancellation);

    /// <summary>Sends FIN.</summary>
    public void EndOutput()
    {
        Trace.Note("sent FIN");
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has ended the connection already.
        }
    }

    /// <summary>The next byte, or -1 at the end.</summary>
    public async ValueTask<int> ReadByteAsync()
    {
        if (_start == _end && !await FillAsync()) return -1;
        return _buffer[_start++];
    }

    /// <summary>Reads until the buffer is full; false if the connection ends before.</summary>
    public async ValueTask<bool> TryReadExactlyAsync(Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_start == _end && !await FillAsync()) return false;
            int count = Math.Min(buffer.Length, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(buffer.Span);
            _start += count;
            buffer = buffer[count..];
        }

        return true;
    }

    /// <summary>Waits for the server's end of the connection, before which nothing may come.</summary>
    /// <param name="acceptsReset">Whether a reset is an end, too.</param>
    public async Task ExpectEndAsync(bool acceptsReset = false)
    {
        _context.Waiting = "the server did not end the TCP connection";
        if (_start < _end || await FillAsync())
        {
            throw new CaseFailedException($"More bytes came where the connection should have ended: {Convert.ToHexStringLower(_buffer.AsSpan(_start, Math.Min(_end - _start, 16)))}");
        }

        if (WasReset && !acceptsReset) throw new CaseFailedException("The connection ended with a reset instead of a FIN.");
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, _context.Cancellation)..];
            return true;
        }
        catch (SocketException exception)
        {
            Trace.Note($"(the sending broke: {exception.SocketErrorCode})");
            return false;
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_hasEnded) return false;
        _start = 0;
        _end = 0;
        try
        {
            _end = await _socket.ReceiveAsync(_buffer, SocketFlags.None, _context.Cancellation);
        }
        catch (SocketException)
        {
            WasReset = true;
        }

        _hasEnded = _end == 0;
        if (_hasEnded) Trace.Note(WasReset ? "came a reset" : "came FIN");
        else Trace.Received(_buffer.AsSpan(0, _end));
        return !_hasEnded;
    }
}
