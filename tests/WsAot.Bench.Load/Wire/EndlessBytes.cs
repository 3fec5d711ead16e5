namespace WsAot.Bench.Load.Wire;

/// <summary>The same bytes, repeated endlessly. Any stretch up to a certain length is available in one piece.</summary>
internal sealed class EndlessBytes
{
    private readonly byte[] _bytes;

    public EndlessBytes(byte[] once, int maxStretch)
    {
        Period = once.Length;
        _bytes = new byte[maxStretch + once.Length];
        for (int i = 0; i < _bytes.Length; i += once.Length)
        {
            once.AsSpan(0, Math.Min(once.Length, _bytes.Length - i)).CopyTo(_bytes.AsSpan(i));
        }
    }

    public int Period { get; }

    /// <summary>This many bytes from a position within the period.</summary>
    public ReadOnlySpan<byte> Stretch(int position, int length) => _bytes.AsSpan(position, length);

    /// <summary>As many bytes from a position as are available in one piece.</summary>
    public ReadOnlySpan<byte> From(int position) => _bytes.AsSpan(position);
}
