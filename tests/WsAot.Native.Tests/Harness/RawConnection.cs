using System.Diagnostics;
using System.Text;
using WsAot.TestKit.Handshake;

namespace WsAot.Native.Tests.Harness;

/// <summary>
/// A TCP connection that sends what no well-behaved client would, byte for byte. It waits for nothing longer than the patience.
/// </summary>
internal sealed class RawConnection : TestKit.Sockets.RawConnection
{
    private readonly CancellationTokenSource _guard;

    private RawConnection(CancellationTokenSource guard)
        : base(guard.Token) => _guard = guard;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        RawConnection connection = new(new CancellationTokenSource(Command.Patience));
        await connection.ConnectAsync("127.0.0.1", port);
        return connection;
    }

    /// <summary>Connects and does the opening handshake.</summary>
    /// <param name="host">The Host header; without it, the address.</param>
    public static async Task<RawConnection> UpgradeAsync(int port, string path, string? host = null)
    {
        RawConnection connection = await OpenAsync(port);
        await connection.SendAsync(ExampleHandshake.Request(path, host ?? $"127.0.0.1:{port}"));
        string head = await connection.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n", head, StringComparison.OrdinalIgnoreCase);
        return connection;
    }

    /// <summary>A masked frame with the shortest form of its length.</summary>
    /// <param name="first">FIN, RSV1 to RSV3 and the opcode.</param>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload) => FrameEncoder.Masked(first, payload);

    /// <summary>The header of a masked frame, for a payload that does not have to follow.</summary>
    public static byte[] Header(byte first, long length) => FrameEncoder.Header(first, (ulong)length, FrameEncoder.ExampleKey);

    /// <exception cref="IOException">The connection is broken.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (!await TrySendAsync(bytes)) throw new IOException("The server has ended the connection.");
    }

    /// <summary>A response's head, with the empty line at its end.</summary>
    public async Task<string> ReadHeadAsync()
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadAsync(1))[0]);
        return head.ToString();
    }

    /// <summary>The next frame: its first byte and its payload.</summary>
    public async Task<(byte First, byte[] Payload)> ReadFrameAsync()
    {
        byte[] start = await ReadAsync(2);
        ServerFrameHeader header = ServerFrameHeader.Read([.. start, .. await ReadAsync(ServerFrameHeader.LengthOf(start[1]) - 2)]);
        Assert.Null(header.Fault);
        return ((byte)header.FirstByte, await ReadAsync(checked((int)header.PayloadLength)));
    }

    /// <summary>Answers every ping for this time at least; nothing else may come.</summary>
    public async Task AnswerPingsAsync(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            (byte first, byte[] payload) = await ReadFrameAsync();
            Assert.Equal(0x89, first);
            await SendAsync(Frame(0x8a, payload));
        }
    }

    /// <summary>Reads the server's close frame, answers it, and waits for the server to end the TCP connection (section 7.1.1).</summary>
    public async Task<ushort> ReadCloseAsync()
    {
        (byte first, byte[] payload) = await ReadFrameAsync();
        Assert.Equal(0x88, first);
        Assert.True(payload.Length >= 2, "The close frame has no code.");
        // A server that fails the connection need not wait for the answer (section 7.1.7).
        _ = await TrySendAsync(Frame(0x88, payload.AsSpan(0, 2)));
        await ExpectEndAsync();
        return (ushort)(payload[0] << 8 | payload[1]);
    }

    /// <summary>Waits for the server's end of the connection, by FIN or by a reset; nothing may come before it.</summary>
    public async Task ExpectEndAsync() => Assert.True(await WaitForEndAsync(), "A byte came where the connection should have ended.");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _guard.Dispose();
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        if (!await TryReadExactlyAsync(bytes)) throw new EndOfStreamException("The server ended the connection.");
        return bytes;
    }
}
