namespace WsAot.Protocol.Handshake;

/// <summary>One header line, as slices of the head.</summary>
public readonly ref struct HeaderField
{
    internal HeaderField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The name as the client wrote it; names are case-insensitive (RFC 9110 section 5.1).</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value without the white space around it.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Whether this header has the name, given in lower case.</summary>
    public bool Is(ReadOnlySpan<byte> lowerCaseName) =>
        Name.Length == lowerCaseName.Length && HttpTokens.EqualsIgnoreCase(Name, lowerCaseName);
}
