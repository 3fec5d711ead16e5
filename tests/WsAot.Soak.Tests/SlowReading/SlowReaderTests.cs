using System.Net;
using System.Net.Sockets;
using WsAot.Soak.SlowReading;
using WsAot.Soak.Tests.Wire;
using WsAot.TestKit.Frames;
using WsAot.TestKit.Handshake;

namespace WsAot.Soak.Tests.SlowReading;

/// <summary>A slow reader beside servers that end it: each end is noticed, and said how.</summary>
public sealed class SlowReaderTests
{
    // Much faster than the tests could notice.
    private const int Fast = 100_000_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_are_counted_and_the_close_frame_is_the_end(bool usesTls)
    {
        using FakeServer server = new(usesTls, "", 0x81, 1, (byte)'a', 0x81, 0, 0x88, 2, 0x03, 0xf0);
        using SlowReader reader = new("chat", Fast, server.Address, "/", traffic: null);
        RunUntilGone(reader);
        Assert.Equal("close frame 1008", reader.GoneHow);
        Assert.Equal(2, reader.Messages);
        Assert.False(reader.IsAnswered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_end_without_a_close_frame_is_one_too(bool usesTls)
    {
        using FakeServer server = new(usesTls, "", 0x81, 1, (byte)'a');
        using SlowReader reader = new("chat", Fast, server.Address, "/", traffic: null);
        RunUntilGone(reader);
        Assert.Equal("TCP ended without a close frame", reader.GoneHow);
    }

    [Fact]
    public async Task A_reset_is_noticed_by_one_that_neither_reads_nor_sends()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<Socket> accepting = AcceptAsync(listener);
        using SlowReader reader = new("chat", 0, new(((IPEndPoint)listener.LocalEndpoint).Port), "/", traffic: null);
        Socket socket = await accepting;
        reader.Round();
        Assert.Null(reader.GoneAfter);
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
        RunUntilGone(reader);
        Assert.Equal(0, reader.ReadBytes);
    }

    [Fact]
    public async Task A_ping_is_answered_and_the_last_question_too()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<Socket> accepting = AcceptAsync(listener);
        using SlowReader reader = new("chat", Fast, new(((IPEndPoint)listener.LocalEndpoint).Port), "/", traffic: null);
        using Socket socket = await accepting;
        socket.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        socket.Send(FrameEncoder.Unmasked(0x89, "p"u8));
        RunUntil(reader, () => reader.Pings == 1);
        Assert.Equal("p"u8.ToArray(), ReadMasked(socket, 0x8a));

        reader.CatchUp();
        reader.Round();
        byte[] question = ReadMasked(socket, 0x89);
        Assert.False(reader.IsAnswered);
        socket.Send(FrameEncoder.Unmasked(0x8a, question));
        RunUntil(reader, () => reader.IsAnswered);
    }

    private static void RunUntilGone(SlowReader reader) => RunUntil(reader, () => reader.GoneAfter is not null);

    private static void RunUntil(SlowReader reader, Func<bool> isDone) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                reader.Round();
                return isDone();
            },
            s_patience),
        reader.ToString());

    private static async Task<Socket> AcceptAsync(TcpListener listener)
    {
        Socket socket = await listener.AcceptSocketAsync();
        byte[] buffer = new byte[4096];
        int count = 0;
        while (!buffer.AsSpan(0, count).EndsWith("\r\n\r\n"u8)) count += await socket.ReceiveAsync(buffer.AsMemory(count));
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n\r\n"));
        return socket;
    }

    private static byte[] ReadMasked(Socket socket, byte firstByte)
    {
        byte[] header = new byte[6];
        for (int count = 0; count < header.Length;) count += socket.Receive(header.AsSpan(count));
        Assert.Equal(firstByte, header[0]);
        byte[] payload = new byte[header[1] & 0x7f];
        for (int count = 0; count < payload.Length;) count += socket.Receive(payload.AsSpan(count));
        FrameEncoder.Mask(payload, header.AsSpan(2));
        return payload;
    }
}
