using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Abusing;

/// <summary>Echoes 64 bytes every few milliseconds, on a thread of its own, and records how long each took.</summary>
internal sealed class HonestClient : IDisposable
{
    private const int PauseMs = 5;
    // An answer that takes longer is given up, and counts as a fault.
    private const int PatienceMs = 30_000;

    private readonly ClientSocket _socket;
    private readonly Thread _thread;
    private readonly List<double> _times = [];
    private volatile bool _isEnding;
    // When the pending echo was sent; 0: none is pending.
    private long _sentAt;

    public HonestClient(ServerAddress server)
    {
        _socket = new ClientSocket(server);
        _socket.Socket.ReceiveTimeout = PatienceMs;
        _socket.Connect();
        _socket.Send(OpeningHandshake.Request("/echo", offersDeflate: false));
        byte[] head = new byte[1024];
        OpeningHandshake.Check(head.AsSpan(0, _socket.Receive(head)));
        _thread = new Thread(Run) { IsBackground = true, Name = "honest client" };
        _thread.Start();
    }

    /// <summary>What went wrong; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>How long the echoes since the last call took; a pending one counts with its time so far.</summary>
    public EchoTimes Take()
    {
        double[] times;
        lock (_times)
        {
            times = [.. _times];
            _times.Clear();
        }

        long sentAt = Interlocked.Read(ref _sentAt);
        return EchoTimes.Of(times, sentAt == 0 ? 0 : Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
    }

    public void Dispose()
    {
        _isEnding = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Run()
    {
        try
        {
            byte[] payload = new byte[64];
            byte[] answer = new byte[2 + payload.Length];
            while (!_isEnding)
            {
                Random.Shared.NextBytes(payload);
                byte[] frame = MaskedFrame.Create(Opcode.Binary, payload);
                long start = Stopwatch.GetTimestamp();
                Interlocked.Exchange(ref _sentAt, start);
                _socket.Send(frame);
                bool isAnswered = TryReadAnswer(answer);
                Interlocked.Exchange(ref _sentAt, 0);
                if (!isAnswered)
                {
                    _socket.Send(MaskedFrame.Create(Opcode.Close, answer.AsSpan(2, 2)));
                    _socket.EndOutput();
                    return;
                }

                double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (!answer.AsSpan(2).SequenceEqual(payload)) throw new WireException("a wrong answer");
                lock (_times) _times.Add(ms);
                Thread.Sleep(PauseMs);
            }
        }
        catch (Exception exception) when (exception is SocketException or WireException)
        {
            Fault = exception.Message;
        }
    }

    // Reads an echo, or returns false if the server stops instead. Answers pings in between.
    private bool TryReadAnswer(byte[] answer)
    {
        while (true)
        {
            ReadExactly(answer.AsSpan(0, 2));
            int length = answer[1];
            if (length > answer.Length - 2) throw new WireException($"a frame of {length} bytes");
            ReadExactly(answer.AsSpan(2, length));
            if (answer[0] == 0x82 && length == answer.Length - 2) return true;
            if (answer.AsSpan(0, 4).SequenceEqual((ReadOnlySpan<byte>)[0x88, (byte)length, 0x03, 0xe9])) return false;
            if (answer[0] != 0x89) throw new WireException($"a frame that begins with 0x{answer[0]:x2}");
            _socket.Send(MaskedFrame.Create(Opcode.Pong, answer.AsSpan(2, length)));
        }
    }

    private void ReadExactly(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = _socket.Receive(bytes);
            if (count == 0) throw new WireException("the server ended the connection");
            bytes = bytes[count..];
        }
    }
}
