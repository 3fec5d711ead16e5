using System.Buffers;
using System.Text;

namespace WsAot.Connections;

/// <summary>A text encoded as UTF-8, on the caller's stack or in a rented buffer. A lone surrogate becomes U+FFFD.</summary>
internal ref struct Utf8Text
{
    public const int StackBytes = 512;

    private byte[]? _rented;

    public Utf8Text(ReadOnlySpan<char> text, Span<byte> stack)
    {
        Span<byte> destination = stack;
        int maxBytes = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (maxBytes > stack.Length) destination = _rented = ArrayPool<byte>.Shared.Rent(maxBytes);
        Bytes = destination[..Encoding.UTF8.GetBytes(text, destination)];
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public void Dispose()
    {
        if (_rented is { } rented) ArrayPool<byte>.Shared.Return(rented);
        _rented = null;
    }
}
