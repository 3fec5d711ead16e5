namespace WsAot.Transport.Output;

/// <summary>
/// The loop's one buffer for output. While a connection is being served it gathers what that connection writes (corking), so that
/// any number of messages leave in one system call; between connections it gathers what waits in a queue.
/// </summary>
internal sealed class SendBuffer(int capacity)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The whole buffer, for use while nothing is written.</summary>
    public Span<byte> Scratch => _bytes;

    public bool TryAppend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        Span<byte> free = _bytes.AsSpan(_length);
        if (head.Length + body.Length > free.Length) return false;
        head.CopyTo(free);
        body.CopyTo(free[head.Length..]);
        _length += head.Length + body.Length;
        return true;
    }

    public void Clear() => _length = 0;
}
