using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.Soak.Wire;

namespace WsAot.Native.Tests.Instructions;

/// <summary>The clients of one row. What they do does not depend on time: all answers are awaited before the next messages are sent.</summary>
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
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 1 << 20, SendBufferSize = 1 << 20 };
        socket.ReceiveTimeout = socket.SendTimeout = (int)Command.Patience.TotalMilliseconds;
        socket.Connect(IPAddress.Loopback, port);
        string extension = _row.IsCompressed ? "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n" : "";
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET {_row.Path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{extension}\r\n"));
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
        byte[] header = Receive(socket, new byte[2]);
        byte[] extended = header[1] == 126 ? Receive(socket, new byte[2]) : [];
        int length = header[1] == 126 ? (extended[0] << 8) | extended[1] : header[1];
        Assert.True(header[1] <= 126, $"{_row.Name}: no row has an answer this long.");
        byte[] payload = Receive(socket, new byte[length]);
        Assert.Equal(_row.IsCompressed ? 0x40 : 0, header[0] & 0x40);
        using MessageDeflate deflate = new();
        Assert.Equal(_row.Answer, _row.IsCompressed ? deflate.Inflate(payload) : payload);
        return [.. header, .. extended, .. payload];
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
