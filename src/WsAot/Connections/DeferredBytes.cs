namespace WsAot.Connections;

/// <summary>What a session has received and not read yet, in a rented buffer.</summary>
internal sealed class DeferredBytes(byte[] buffer, int length)
{
    private int _start;

    public byte[] Buffer { get; } = buffer;

    public Span<byte> Span => Buffer.AsSpan(_start..length);

    /// <summary>Leaves so many bytes, from the end.</summary>
    public void Keep(int count) => _start = length - count;
}
