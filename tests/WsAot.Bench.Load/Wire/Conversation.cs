using WsAot.Bench.Load.Native;

namespace WsAot.Bench.Load.Wire;

/// <summary>
/// The one message of a run, and the bytes of its answer. A separate connection receives and parses the answer once. From then on, every
/// byte on every connection must be equal to it.
/// </summary>
internal sealed class Conversation
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly byte[] _handshake;
    private readonly byte[] _content;
    private readonly bool _isDeflated;
    private readonly Opcode _opcode;
    private readonly int _port;
    private readonly TlsClient? _tls;

    /// <param name="payload">The payload to send.</param>
    /// <param name="answer">The payload that must come back; null: the same.</param>
    /// <param name="tls">For a server with TLS.</param>
    public Conversation(
        int port, string path, Opcode opcode, byte[] payload, bool isDeflated, byte[]? answer = null, TlsClient? tls = null)
    {
        _port = port;
        _tls = tls;
        _content = answer ?? payload;
        _opcode = opcode;
        _isDeflated = isDeflated;
        _handshake = OpeningHandshake.Request(port, path, isDeflated);
        Request = Frames.FromClient(opcode, isDeflated ? MessageDeflate.Deflate(payload) : payload, isDeflated);
        Answer = Learn();
    }

    /// <summary>The bytes of a message as sent.</summary>
    public byte[] Request { get; }

    /// <summary>The bytes of its answer.</summary>
    public byte[] Answer { get; }

    /// <summary>Connects, and makes the opening handshake.</summary>
    public ClientSocket Open()
    {
        ClientSocket socket = _tls?.Connect(_port) ?? ClientSocket.Connect(_port);
        OpeningHandshake.Perform(socket, _handshake, _isDeflated);
        return socket;
    }

    private byte[] Learn()
    {
        using ClientSocket socket = Open();
        socket.Send(Request);
        List<byte> wire = [];
        List<byte> message = [];
        byte[] head = new byte[2];
        bool isCompressed = false;
        while (true)
        {
            socket.ReceiveExactly(head);
            byte[] extended = new byte[(head[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 }];
            socket.ReceiveExactly(extended);
            long length = extended.Length == 0 ? head[1] & 0x7F : extended.Aggregate(0L, static (value, next) => (value << 8) | next);
            if (length is < 0 or > MaxAnswerBytes) throw new LoadException($"The server sends a frame of {length} bytes.");
            byte[] payload = new byte[length];
            socket.ReceiveExactly(payload);

            var opcode = (Opcode)(head[0] & 0x0F);
            if (opcode != (wire.Count == 0 ? _opcode : Opcode.Continuation))
            {
                throw new LoadException($"The server answers with a frame of opcode {(int)opcode}.");
            }

            if (wire.Count == 0) isCompressed = (head[0] & 0x40) != 0;
            wire.AddRange([.. head, .. extended, .. payload]);
            message.AddRange(payload);
            if ((head[0] & 0x80) != 0) break;
        }

        byte[] content = isCompressed ? MessageDeflate.Inflate(message.ToArray()) : [.. message];
        if (!content.AsSpan().SequenceEqual(_content))
        {
            throw new LoadException("The server's answer is not what the message is to be answered with.");
        }

        return [.. wire];
    }
}
