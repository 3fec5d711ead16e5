using System.Text;
using WsAot.Fuzz.Deflate;
using WsAot.Fuzz.Frames;
using WsAot.Fuzz.Support;
using WsAot.Protocol;
using WsAot.TestKit.Deflate;
using WsAot.Transport.InMemory;

namespace WsAot.Fuzz.Sessions;

/// <summary>One peer: what it has sent, what it has received, and what it should have received.</summary>
internal sealed class Client(InMemoryPeer peer, string route, SessionFault fault = SessionFault.None)
{
    private readonly List<byte> _outbox = [];
    private readonly List<byte> _sent = [];     // after the head
    private readonly ServerBytes _incoming = new(fault == SessionFault.ServersWindowIsForgotten);
    private readonly List<(int Opcode, byte[] Payload)> _received = [];
    private NaiveDeflater? _deflater;
    private int _headBytesLeft;
    private int _lastNews = -1;

    public string Route => route;

    public InMemoryPeer Peer => peer;

    public int Status => _incoming.Status;

    public int CloseCode => _incoming.CloseCode;

    public bool IsGone { get; private set; }

    /// <summary>Whether it answers pings.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>The messages received, except news.</summary>
    public IReadOnlyList<(int Opcode, byte[] Payload)> Received => _received;

    /// <summary>Pongs received.</summary>
    public List<byte[]> Pongs { get; } = [];

    public string? Problem => _incoming.Problem ?? (_isNewsOutOfOrder ? "News came out of order." : null);

    private bool _isNewsOutOfOrder;

    public void SendHead(string head)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(head);
        _headBytesLeft += bytes.Length;
        _outbox.AddRange(bytes);
    }

    /// <summary>Adds a frame to the bytes to send.</summary>
    public void Queue(int firstByte, ReadOnlySpan<byte> payload) => _outbox.AddFrame(firstByte, payload, 0x1234ABCDu + (uint)_outbox.Count);

    /// <summary>Compresses a message if compression was negotiated; now and then, returns other deflate data instead.</summary>
    /// <returns>The bytes to send instead; null: send the message as it is.</returns>
    public byte[]? Compress(byte[] message, FuzzRandom random)
    {
        Read();
        if (_incoming.Agreement is not { } agreed || random.OneIn(3)) return null;
        _deflater ??= new NaiveDeflater(agreed.ClientWindowBits, agreed.ClientForgets);
        if (!random.OneIn(6)) return _deflater.Deflate(message, random);
        _deflater.Forget();
        return DeflateGenerator.MakeMessage(random);
    }

    /// <summary>Adds any bytes to the bytes to send.</summary>
    public void QueueRaw(ReadOnlySpan<byte> bytes) => _outbox.AddRange(bytes);

    /// <summary>Sends some of the waiting bytes, in one piece.</summary>
    public void Flush(int maxBytes = int.MaxValue)
    {
        int count = Math.Min(maxBytes, _outbox.Count);
        if (count == 0 || IsGone) return;
        byte[] piece = [.. _outbox.GetRange(0, count)];
        _outbox.RemoveRange(0, count);
        peer.Send(piece);
        int ofHead = Math.Min(_headBytesLeft, count);
        _headBytesLeft -= ofHead;
        _sent.AddRange(piece.AsSpan(ofHead));
    }

    public void Reset()
    {
        IsGone = true;
        peer.Reset();
    }

    public void Shutdown()
    {
        IsGone = true;
        peer.Shutdown();
    }

    /// <summary>Reads, and answers pings.</summary>
    public void Read(int maxBytes = int.MaxValue)
    {
        foreach ((int opcode, byte[] payload) in _incoming.Add(peer.Take(maxBytes)))
        {
            if (opcode == 9 && AnswersPings)
            {
                Queue(0x8A, payload);
            }
            else if (opcode == 10)
            {
                Pongs.Add(payload);
            }
            else if (opcode <= 2 && World.NumberOfNews(payload) is int number)
            {
                (_isNewsOutOfOrder, _lastNews) = (_isNewsOutOfOrder || number <= _lastNews, number);
            }
            else if (opcode <= 2)
            {
                _received.Add((opcode, payload));
            }
        }
    }

    /// <summary>How a server must understand the sent bytes.</summary>
    public NaiveReceiver Understand()
    {
        NaiveInflater? inflater = _incoming.Agreement is { } agreed
            ? new NaiveInflater(agreed.ClientWindowBits, agreed.ClientForgets || fault == SessionFault.ClientsWindowIsForgotten)
            : null;
        var reference = new NaiveReceiver(World.MaxMessageBytes, World.MaxFragments, inflater);
        foreach (byte value in _sent)
        {
            // Section 1.4: bytes after a close frame are ignored.
            if (reference.Events.Count > 0 && reference.Events[^1].Opcode == 8) break;
            reference.Add(value);
        }

        return reference;
    }

    /// <summary>Whether neither the peer nor the server has given a reason for the connection to end.</summary>
    public bool IsUndisturbed(NaiveReceiver understood) =>
        Status == 101 && !IsGone && !peer.IsClosed && !peer.IsServerShut && CloseCode == 0 && understood.Error == ProtocolError.None
        && !understood.Events.Exists(static sent => sent.Opcode == 8);
}
