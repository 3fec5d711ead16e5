namespace WsAot.Connections;

/// <summary>Bytes that a session has received but not read yet, in a rented buffer.</summary>
internal sealed class DeferredBytes(byte[] buffer, int length)
{
    private int _start;

    public byte[] Buffer { get; } = buffer;

    public Span<byte> Span => Buffer.AsSpan(_start..length);

    /// <summary>Keeps only the last <paramref name="count"/> bytes.</summary>
    public void Keep(int count) => _start = length - count;
}
