using System.Net.Sockets;

namespace WsAot.TestKit.Sockets;

/// <summary>
/// A TCP connection, with or without TLS, that sends exactly the bytes it is given, and reads what comes. One task may read at a time, and
/// one may send.
/// </summary>
/// <param name="cancellation">Ends all waits.</param>
public class RawConnection(CancellationToken cancellation) : IDisposable
{
    private readonly TcpChannel _channel = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <summary>Whether the peer ended the connection with a reset, not with FIN.</summary>
    public bool WasReset { get; private set; }

    /// <summary>Bytes that have come and were not read.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    protected CancellationToken Cancellation => cancellation;

    public async Task ConnectAsync(string host, int port) => await _channel.ConnectAsync(host, port, cancellation);

    /// <summary>Connects, and makes the TLS handshake for <c>wss</c> and <c>https</c> (<see cref="TcpChannel.SecureAsync"/>).</summary>
    public async Task ConnectAsync(Uri target)
    {
        await ConnectAsync(target.IdnHost, target.Port);
        if (target.Scheme is "wss" or "https") await _channel.SecureAsync(target.IdnHost, cancellation);
    }

    /// <summary>Sends all of it.</summary>
    /// <returns>False if the connection is broken: after a failure, a server need not read any more (RFC 6455 section 7.1.7).</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _channel.SendAsync(bytes, cancellation);
            return true;
        }
        catch (SocketException exception)
        {
            OnSendFailed(exception.SocketErrorCode);
            return false;
        }
    }

    /// <inheritdoc cref="TcpChannel.EndOutputAsync"/>
    public Task EndOutputAsync() => _channel.EndOutputAsync(cancellation);

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

    /// <summary>Waits for the next byte or the end; true if it is the end. A byte that came stays in <see cref="Unread"/>.</summary>
    public async ValueTask<bool> WaitForEndAsync() => _start == _end && !await FillAsync();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _channel.Dispose();

    /// <summary>Bytes came.</summary>
    protected virtual void OnReceived(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>The peer's end came: FIN, or a reset (<see cref="WasReset"/>).</summary>
    protected virtual void OnEnded()
    {
    }

    /// <summary>Nothing more can be sent.</summary>
    protected virtual void OnSendFailed(SocketError error)
    {
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_hasEnded) return false;
        _start = 0;
        _end = 0;
        try
        {
            _end = await _channel.ReceiveAsync(_buffer, cancellation);
        }
        catch (SocketException)
        {
            WasReset = true;
        }

        _hasEnded = _end == 0;
        if (_hasEnded) OnEnded();
        else OnReceived(_buffer.AsSpan(0, _end));
        return !_hasEnded;
    }
}
