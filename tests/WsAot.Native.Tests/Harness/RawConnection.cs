using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WsAot.Native.Tests.Harness;

/// <summary>A TCP connection that sends what no well-behaved client would, byte for byte.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly byte[] s_maskingKey = [0x37, 0xfa, 0x21, 0x3d];

    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _guard = new(Command.Patience);
    private Stream _stream = Stream.Null;

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(int port)
    {
        RawConnection connection = new();
        await connection._client.ConnectAsync(IPAddress.Loopback, port);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    /// <summary>Connects and does the opening handshake.</summary>
    public static async Task<RawConnection> UpgradeAsync(int port, string path)
    {
        RawConnection connection = await OpenAsync(port);
        await connection.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        string head = await connection.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        // The example of RFC 6455 section 1.3.
        Assert.Contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", head, StringComparison.OrdinalIgnoreCase);
        return connection;
    }

    /// <summary>A masked frame with the shortest form of its length.</summary>
    /// <param name="first">FIN, RSV1 to RSV3 and the opcode.</param>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload)
    {
        byte[] frame = [.. Header(first, payload.Length), .. payload];
        Span<byte> body = frame.AsSpan(frame.Length - payload.Length);
        for (int i = 0; i < body.Length; i++) body[i] ^= s_maskingKey[i % 4];
        return frame;
    }

    /// <summary>The header of a masked frame, for a payload that does not have to follow.</summary>
    public static byte[] Header(byte first, long length) => length switch
    {
        >= 0 and <= 125 => [first, (byte)(0x80 | length), .. s_maskingKey],
        >= 0 and <= ushort.MaxValue => [first, 0x80 | 126, (byte)(length >> 8), (byte)length, .. s_maskingKey],
        _ => [first, 0x80 | 127, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(length)), .. s_maskingKey],
    };

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, _guard.Token);

    /// <summary>A response's head, with the empty line at its end.</summary>
    public async Task<string> ReadHeadAsync()
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one, _guard.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>The next frame: its first byte and its payload. A server's frames are not masked (RFC 6455 section 5.1).</summary>
    public async Task<(byte First, byte[] Payload)> ReadFrameAsync()
    {
        byte[] header = await ReadAsync(2);
        int length = header[1] switch
        {
            <= 125 => header[1],
            126 => (ushort)IPAddress.NetworkToHostOrder(BitConverter.ToInt16(await ReadAsync(2))),
            127 => checked((int)IPAddress.NetworkToHostOrder(BitConverter.ToInt64(await ReadAsync(8)))),
            _ => throw new InvalidDataException("The server sent a masked frame."),
        };
        return (header[0], await ReadAsync(length));
    }

    /// <summary>Reads the server's close frame, answers it, and waits for the server to end the TCP connection (section 7.1.1).</summary>
    public async Task<ushort> ReadCloseAsync()
    {
        (byte first, byte[] payload) = await ReadFrameAsync();
        Assert.Equal(0x88, first);
        Assert.True(payload.Length >= 2, "The close frame has no code.");
        try
        {
            await SendAsync(Frame(0x88, payload.AsSpan(0, 2)));
        }
        catch (IOException)
        {
            // A server that fails the connection need not wait for the answer (section 7.1.7).
        }

        await ExpectEndAsync();
        return (ushort)(payload[0] << 8 | payload[1]);
    }

    /// <summary>Waits for the server's end of the connection; nothing may come before it.</summary>
    public async Task ExpectEndAsync()
    {
        byte[] one = new byte[1];
        int count;
        try
        {
            count = await _stream.ReadAsync(one, _guard.Token);
        }
        catch (IOException)
        {
            return;
        }

        Assert.Equal(0, count);
    }

    public void Dispose()
    {
        _client.Dispose();
        _guard.Dispose();
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, _guard.Token);
        return bytes;
    }
}
