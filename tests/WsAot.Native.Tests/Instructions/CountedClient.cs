using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Deflate;
using WsAot.TestKit.Handshake;

namespace WsAot.Native.Tests.Instructions;

/// <summary>
/// The clients of one row. What they do does not depend on time: all answers are awaited before the next messages are sent.
/// </summary>
internal sealed class CountedClient : IDisposable
{
    private readonly CountedRow _row;
    private readonly Socket[] _sockets;
    private readonly byte[] _requests;
    private readonly byte[] _answers;
    private readonly byte[] _received;

    /// <summary>Connects, and takes the answers to the first message apart. From then on all of them must be the same.</summary>
    public CountedClient(CountedRow row, int port)
    {
        _row = row;
        _sockets = [.. Enumerable.Range(0, row.Connections).Select(_ => Open(port))];
        _sockets[0].Send(row.Request);
        byte[] answer = [];
        foreach (Socket socket in _sockets) answer = ReadAnswer(socket);
        _requests = Repeat(row.Request, row.Depth);
        _answers = Repeat(answer, row.Depth);
        _received = new byte[_answers.Length];
    }

    public void Exchange(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            _sockets[0].Send(_requests);
            foreach (Socket socket in _sockets)
            {
                Receive(socket, _received);
                Assert.True(_received.AsSpan().SequenceEqual(_answers), $"{_row.Name}: an answer is not what was answered at first.");
            }
        }
    }

    /// <summary>
    /// Ends all connections and waits until the server has ended its side too: one that is stopped while it still has connections does
    /// more, by a million instructions, than one that has none.
    /// </summary>
    public void Dispose()
    {
        foreach (Socket socket in _sockets) socket.Shutdown(SocketShutdown.Send);
        foreach (Socket socket in _sockets)
        {
            Assert.Equal(0, socket.Receive(_received));
            socket.Dispose();
        }
    }

    private Socket Open(int port)
    {
        // Buffers that take all that is in flight, so that neither side is told to wait.
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = 1 << 20,
            SendBufferSize = 1 << 20,
        };
        socket.ReceiveTimeout = socket.SendTimeout = (int)Command.Patience.TotalMilliseconds;
        socket.Connect(IPAddress.Loopback, port);
        string[] extension = _row.IsCompressed
            ? ["Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover"]
            : [];
        socket.Send(ExampleHandshake.Request(_row.Path, $"127.0.0.1:{port}", extension));
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Receive(socket, one);
            head.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return socket;
    }

    private byte[] ReadAnswer(Socket socket)
    {
        byte[] start = Receive(socket, new byte[2]);
        byte[] bytes = [.. start, .. Receive(socket, new byte[ServerFrameHeader.LengthOf(start[1]) - 2])];
        ServerFrameHeader header = ServerFrameHeader.Read(bytes);
        Assert.Null(header.Fault);
        byte[] payload = Receive(socket, new byte[checked((int)header.PayloadLength)]);
        Assert.Equal(_row.IsCompressed, (header.Rsv & 4) != 0);
        Assert.Equal(_row.Answer, _row.IsCompressed ? PlatformDeflate.Inflate(payload) : payload);
        return [.. bytes, .. payload];
    }

    private static byte[] Receive(Socket socket, byte[] bytes)
    {
        for (int length = 0; length < bytes.Length;)
        {
            int count = socket.Receive(bytes.AsSpan(length));
            Assert.True(count > 0, "The server ended the connection.");
            length += count;
        }

        return bytes;
    }

    private static byte[] Repeat(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(each => each)];
}
