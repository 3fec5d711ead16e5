namespace WsAot.Fuzz.Sessions;

/// <summary>Reads an input as numbers; after its end, all numbers are 0.</summary>
internal sealed class Tape(byte[] bytes)
{
    private int _position;

    public bool IsAtEnd => _position >= bytes.Length;

    public int Next() => IsAtEnd ? 0 : bytes[_position++];

    /// <summary>A number from 0 to <paramref name="end"/> - 1.</summary>
    public int Next(int end) => Next() % end;
}
