using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Sockets;
using System.Security.Authentication;
using WsAot.TestKit.Deflate;
using WsAot.TestKit.Sockets;

namespace WsAot.Soak.Wire;

/// <summary>
/// A WebSocket client on a raw socket, with or without TLS, so that it can misbehave. One task reads, and any task may send, because sends
/// do not mix. It answers pings while reading.
/// </summary>
internal sealed class SoakClient : IDisposable
{
    private const int MaxFrameBytes = 16 * 1024 * 1024;

    private readonly TcpChannel _channel = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private MessageInflater? _inflater;
    private bool _isCloseSent;

    public bool IsCompressed => _inflater is not null;

    /// <exception cref="SocketException">No server listens there.</exception>
    /// <exception cref="WireException">The server refused.</exception>
    public static async Task<SoakClient> ConnectAsync(
        ServerAddress server, string path, bool offersDeflate, CancellationToken cancellationToken)
    {
        SoakClient client = new();
        try
        {
            await client._channel.ConnectAsync("127.0.0.1", server.Port, cancellationToken);
            if (server.UsesTls) await client._channel.SecureAsync("localhost", cancellationToken);
            await client.SendRawAsync(OpeningHandshake.Request(path, offersDeflate), cancellationToken);
            if (await client.ReadHeadAsync(cancellationToken)) client._inflater = new MessageInflater();
            return client;
        }
        catch (AuthenticationException exception)
        {
            client.Dispose();
            throw new WireException($"TLS: {exception.Message}");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _channel.SendAsync(bytes, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends a message in this many frames; with <paramref name="pingsBetween"/>, a ping after each except the last.</summary>
    public async Task SendMessageAsync(Opcode opcode, byte[] payload, int fragments, bool pingsBetween, CancellationToken cancellationToken)
    {
        // A client with compression compresses half of its messages: RFC 7692 section 6.1 lets it choose for each.
        bool isCompressed = IsCompressed && (payload.Length & 1) == 0;
        byte[] data = isCompressed ? PlatformDeflate.Compress(payload, CompressionLevel.Fastest) : payload;
        for (int i = 0; i < fragments; i++)
        {
            bool isLast = i == fragments - 1;
            int from = (int)((long)data.Length * i / fragments);
            int to = (int)((long)data.Length * (i + 1) / fragments);
            await SendRawAsync(
                MaskedFrame.Create(i == 0 ? opcode : Opcode.Continuation, data.AsSpan(from, to - from), isLast, isCompressed && i == 0),
                cancellationToken);
            if (pingsBetween && !isLast) await SendRawAsync(MaskedFrame.Create(Opcode.Ping, "between"u8), cancellationToken);
        }
    }

    public Task CloseAsync(int code, CancellationToken cancellationToken)
    {
        _isCloseSent = true;
        return SendRawAsync(MaskedFrame.Create(Opcode.Close, [(byte)(code >> 8), (byte)code]), cancellationToken);
    }

    /// <summary>The next message or pong, or the end. Answers a close frame, and reads TCP to its end (RFC 6455 section 7.1.1).</summary>
    public async Task<Incoming> ReceiveAsync(CancellationToken cancellationToken)
    {
        Opcode kind = Opcode.Continuation;
        bool isCompressed = false;
        byte[] message = [];
        try
        {
            while (true)
            {
                (ServerFrameHeader header, byte[] payload) = await ReadFrameAsync(cancellationToken);
                switch (header.Opcode)
                {
                    case Opcode.Ping:
                        await AnswerAsync(Opcode.Pong, payload, cancellationToken);
                        continue;
                    case Opcode.Pong:
                        // The client does not separate fragments of different messages, because the tested servers send whole messages.
                        if (kind != Opcode.Continuation) continue;
                        return new Incoming(Opcode.Pong, payload);
                    case Opcode.Close:
                        return await EndAsync(payload, cancellationToken);
                    case Opcode.Text or Opcode.Binary when kind == Opcode.Continuation:
                        kind = header.Opcode;
                        isCompressed = (header.Rsv & 4) != 0;
                        message = payload;
                        break;
                    case Opcode.Continuation when kind != Opcode.Continuation:
                        message = [.. message, .. payload];
                        break;
                    default:
                        throw new WireException($"a frame that begins with 0x{header.FirstByte:x2} does not fit here");
                }

                if (!header.Fin) continue;
                if (!isCompressed) return new Incoming(kind, message);
                return new Incoming(kind, (_inflater ?? throw new WireException("RSV1, though nothing was agreed on")).Inflate(message));
            }
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException)
        {
            return new Incoming(Opcode.Close, []);
        }
    }

    /// <summary>Ends our side of TCP, even in the middle of a frame.</summary>
    public async Task HalfCloseAsync(CancellationToken cancellationToken)
    {
        // Over TLS, a record is sent first, which must not interrupt another one. If a sender is waiting, send only FIN.
        if (!await _sending.WaitAsync(0, cancellationToken))
        {
            EndTcp();
            return;
        }

        await _channel.EndOutputAsync(cancellationToken);
        _sending.Release();
    }

    /// <summary>Ends TCP with a reset.</summary>
    public void Reset()
    {
        try
        {
            _channel.Socket.LingerState = new LingerOption(true, 0);
        }
        catch (SocketException)
        {
            // The server ended the connection first.
        }

        Dispose();
    }

    public void Dispose()
    {
        // Do not dispose the semaphore and the inflater: a task may still read or send, and must first see the end.
        _channel.Dispose();
    }

    private void EndTcp()
    {
        try
        {
            _channel.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server ended the connection first.
        }
    }

    private async Task<bool> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int at = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
            {
                _start = at + 4;
                return OpeningHandshake.Check(_buffer.AsSpan(0, _start));
            }

            int count = _end == _buffer.Length
                ? throw new WireException("endless response head")
                : await _channel.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (count == 0) throw new WireException("TCP ended within the handshake");
            _end += count;
        }
    }

    private async Task<(ServerFrameHeader Header, byte[] Payload)> ReadFrameAsync(CancellationToken cancellationToken)
    {
        await FillAsync(2, cancellationToken);
        int headerBytes = ServerFrameHeader.LengthOf(_buffer[_start + 1]);
        await FillAsync(headerBytes, cancellationToken);
        ServerFrameHeader header = ServerFrameHeader.Read(_buffer.AsSpan(_start, headerBytes));
        if (header.Fault is not null) throw new WireException(header.Fault);
        if (header.PayloadLength > MaxFrameBytes) throw new WireException($"a frame of {header.PayloadLength} bytes");
        _start += headerBytes;

        byte[] payload = new byte[header.PayloadLength];
        int have = Math.Min(payload.Length, _end - _start);
        _buffer.AsSpan(_start, have).CopyTo(payload);
        _start += have;
        while (have < payload.Length)
        {
            int count = await _channel.ReceiveAsync(payload.AsMemory(have), cancellationToken);
            if (count == 0) throw new EndOfStreamException();
            have += count;
        }

        return (header, payload);
    }

    private async ValueTask FillAsync(int wanted, CancellationToken cancellationToken)
    {
        while (_end - _start < wanted)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            int count = await _channel.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (count == 0) throw new EndOfStreamException();
            _end += count;
        }
    }

    private async Task<Incoming> EndAsync(byte[] payload, CancellationToken cancellationToken)
    {
        // Section 7.1.5: 1005 stands for a close frame without a code.
        int code = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 1005;
        if (!_isCloseSent) await AnswerAsync(Opcode.Close, payload.AsMemory(0, Math.Min(2, payload.Length)), cancellationToken);
        await HalfCloseAsync(cancellationToken);
        try
        {
            while (await _channel.ReceiveAsync(_buffer.AsMemory(), cancellationToken) > 0)
            {
                // After a close frame, only the end follows.
            }
        }
        catch (SocketException)
        {
            // A reset after the close frame loses nothing.
        }

        return new Incoming(Opcode.Close, [], code);
    }

    // Skips the answer while a sender waits in the middle of a frame because the server does not read: reading on helps that sender, so do
    // not wait for it.
    private async Task AnswerAsync(Opcode opcode, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (!await _sending.WaitAsync(opcode == Opcode.Close ? 250 : 0, cancellationToken)) return;
        try
        {
            await _channel.SendAsync(MaskedFrame.Create(opcode, payload.Span), cancellationToken);
        }
        catch (SocketException)
        {
            // Reading detects the end.
        }
        finally
        {
            _sending.Release();
        }
    }
}
