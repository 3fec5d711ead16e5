using System.Buffers;
using WsAot.Transport.Output;

namespace WsAot.Transport.InMemory;

/// <summary>The client's end of an in-memory connection, in place of its socket.</summary>
public sealed class InMemoryPeer
{
    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly Queue<byte[]> _sent = new();
    private int _sentAndTaken;
    private int _taken;
    private string? _tlsFailure;

    /// <summary>
    /// The bytes that the server can send before this peer takes some: what a kernel's buffers would hold. Default: no limit.
    /// </summary>
    public int WindowBytes
    {
        get;
        set
        {
            field = value;
            OnChange();
        }
    } = int.MaxValue;

    /// <summary>
    /// Called when the server has sent something, ended its output or closed the connection. The call comes within a batch, so only take
    /// note of it. Default: null.
    /// </summary>
    public Action? ServerActed { get; set; }

    /// <summary>The bytes that were received and not yet taken.</summary>
    public ReadOnlySpan<byte> Received => _received.WrittenSpan[_taken..];

    /// <summary>The number of times that the server has sent; on a socket, these would be system calls.</summary>
    public int ReceivedCalls { get; private set; }

    /// <summary>Whether the server has ended its output (a FIN).</summary>
    public bool IsServerShut { get; private set; }

    /// <summary>Whether the server has closed the connection.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the server has closed the connection with a reset.</summary>
    public bool IsReset { get; private set; }

    /// <summary>
    /// All bytes that were taken. For the server, they are acknowledged, and bytes that were only received are still in flight.
    /// </summary>
    internal long TakenBytes { get; private set; }

    /// <summary>The server's end, until it is closed.</summary>
    internal InMemoryConnection? Connection { get; set; }

    /// <summary>The TLS details that the connection pretends to have; null: it is plain. For tests of servers.</summary>
    internal TlsDetails? PretendedTls { get; set; }

    /// <summary>Whether to pretend that the TLS handshake is in progress.</summary>
    internal bool IsTlsPending { get; set; }

    /// <summary>Pretends that TLS has failed.</summary>
    internal void FailTls(string reason)
    {
        _tlsFailure = reason;
        OnChange();
    }

    internal string? TakeTlsFailure()
    {
        string? failure = _tlsFailure;
        _tlsFailure = null;
        return failure;
    }

    internal bool IsShut { get; private set; }

    internal bool HasReset { get; private set; }

    /// <summary>Whether the server would receive bytes, an end or an error.</summary>
    internal bool HasInput => _sent.Count > 0 || IsShut || HasReset;

    /// <summary>Sends bytes. The server receives them in one piece, unless they are more than its buffer holds.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        _sent.Enqueue(bytes.ToArray());
        OnChange();
    }

    /// <summary>Ends the output, with a FIN after everything that was sent.</summary>
    public void Shutdown()
    {
        IsShut = true;
        OnChange();
    }

    /// <summary>Resets the connection. The server can still read what was sent before; then it gets the error.</summary>
    public void Reset()
    {
        HasReset = true;
        OnChange();
    }

    /// <summary>Takes bytes that were received, which makes room for more.</summary>
    public byte[] Take(int maxBytes = int.MaxValue)
    {
        byte[] taken = Received[..Math.Min(maxBytes, Received.Length)].ToArray();
        _taken += taken.Length;
        TakenBytes += taken.Length;
        if (_taken == _received.WrittenCount)
        {
            _received.ResetWrittenCount();
            _taken = 0;
        }

        OnChange();
        return taken;
    }

    /// <summary>Copies what the server would receive next into its buffer: at most one piece, which stays.</summary>
    internal int PeekSent(Span<byte> destination)
    {
        if (!_sent.TryPeek(out byte[]? piece)) return 0;
        int length = Math.Min(piece.Length - _sentAndTaken, destination.Length);
        piece.AsSpan(_sentAndTaken, length).CopyTo(destination);
        return length;
    }

    /// <summary>Copies what the server receives next into its buffer: at most one piece.</summary>
    internal int TakeSent(Span<byte> destination)
    {
        int length = PeekSent(destination);
        if (!_sent.TryPeek(out byte[]? piece)) return 0;
        _sentAndTaken += length;
        if (_sentAndTaken < piece.Length) return length;
        _sent.Dequeue();
        _sentAndTaken = 0;
        return length;
    }

    /// <returns>The bytes taken; fewer than all: the window is full; -1: no more can be sent to this peer.</returns>
    internal int Receive(ReadOnlySpan<OutputSlice> slices)
    {
        if (HasReset || IsClosed || IsServerShut) return -1;
        int total = 0;
        foreach (OutputSlice slice in slices)
        {
            ReadOnlySpan<byte> bytes = slice.Bytes;
            int length = Math.Min(bytes.Length, Math.Max(0, WindowBytes - Received.Length));
            _received.Write(bytes[..length]);
            total += length;
            if (length < bytes.Length) break;
        }

        if (total == 0) return 0;
        ReceivedCalls++;
        ServerActed?.Invoke();
        return total;
    }

    internal bool HasRoom() => HasReset || Received.Length < WindowBytes;

    internal void OnServerShutdown()
    {
        IsServerShut = true;
        ServerActed?.Invoke();
    }

    internal void OnServerClosed(bool isReset)
    {
        (IsClosed, IsReset) = (true, isReset);
        IsServerShut |= !isReset;
        ServerActed?.Invoke();
    }

    /// <summary>Tells the server's end that it may have something to do.</summary>
    private void OnChange() => Connection?.OnPeerActed();
}
