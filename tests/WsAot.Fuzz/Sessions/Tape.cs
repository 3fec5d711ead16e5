namespace WsAot.Fuzz.Sessions;

/// <summary>An input that is read as numbers; after its end it is all zeros.</summary>
internal sealed class Tape(byte[] bytes)
{
    private int _position;

    public bool IsAtEnd => _position >= bytes.Length;

    public int Next() => IsAtEnd ? 0 : bytes[_position++];

    /// <summary>0 to <paramref name="end"/> - 1.</summary>
    public int Next(int end) => Next() % end;
}
