using System.Buffers;

namespace WsAot.Transport.InMemory;

/// <summary>The other end of an in-memory connection: what a client's socket would be.</summary>
public sealed class InMemoryPeer
{
    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly Queue<byte[]> _sent = new();
    private int _sentAndTaken;
    private int _taken;

    /// <summary>Bytes that the server may send before this peer reads on: the size of the kernel's buffers. Default: no limit.</summary>
    public int WindowBytes { get; set; } = int.MaxValue;

    /// <summary>Bytes received and not yet taken.</summary>
    public ReadOnlySpan<byte> Received => _received.WrittenSpan[_taken..];

    /// <summary>How many times the server has sent: its system calls, if this were a socket.</summary>
    public int ReceivedCalls { get; private set; }

    /// <summary>Whether the server's FIN came.</summary>
    public bool IsServerShut { get; private set; }

    /// <summary>Whether the server has closed the connection.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether it closed it with a reset.</summary>
    public bool IsReset { get; private set; }

    internal bool IsShut { get; private set; }

    internal bool HasReset { get; private set; }

    /// <summary>Sends bytes, which the server receives in one piece (unless they are more than its buffer holds).</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty) _sent.Enqueue(bytes.ToArray());
    }

    /// <summary>Ends the output: a FIN after all that was sent.</summary>
    public void Shutdown() => IsShut = true;

    /// <summary>Kills the connection: what was sent before can still be read, then comes the error.</summary>
    public void Reset() => HasReset = true;

    /// <summary>Takes what was received, which opens the window again.</summary>
    public byte[] Take(int maxBytes = int.MaxValue)
    {
        byte[] taken = Received[..Math.Min(maxBytes, Received.Length)].ToArray();
        _taken += taken.Length;
        if (_taken == _received.WrittenCount)
        {
            _received.ResetWrittenCount();
            _taken = 0;
        }

        return taken;
    }

    /// <summary>Moves what the server receives next into its buffer: at most one piece.</summary>
    internal int TakeSent(Span<byte> destination)
    {
        if (!_sent.TryPeek(out byte[]? piece)) return 0;
        int length = Math.Min(piece.Length - _sentAndTaken, destination.Length);
        piece.AsSpan(_sentAndTaken, length).CopyTo(destination);
        _sentAndTaken += length;
        if (_sentAndTaken < piece.Length) return length;
        _sent.Dequeue();
        _sentAndTaken = 0;
        return length;
    }

    internal int Receive(ReadOnlySpan<byte> bytes)
    {
        if (HasReset || IsClosed || IsServerShut) return -1;
        int length = Math.Min(bytes.Length, Math.Max(0, WindowBytes - Received.Length));
        if (length == 0 && bytes.Length > 0) return 0;
        _received.Write(bytes[..length]);
        ReceivedCalls++;
        return length;
    }

    internal bool HasRoom() => HasReset || Received.Length < WindowBytes;

    internal void OnServerShutdown() => IsServerShut = true;

    internal void OnServerClosed(bool isReset)
    {
        (IsClosed, IsReset) = (true, isReset);
        IsServerShut |= !isReset;
    }
}
