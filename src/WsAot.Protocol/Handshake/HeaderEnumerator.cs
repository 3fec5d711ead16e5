namespace WsAot.Protocol.Handshake;

/// <summary>Walks over the header lines of a <see cref="RequestHead"/>.</summary>
public ref struct HeaderEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal HeaderEnumerator(ReadOnlySpan<byte> lines)
    {
        _rest = lines;
        Current = default;
    }

    /// <summary>The header line that <see cref="MoveNext"/> went to.</summary>
    public HeaderField Current { get; private set; }

    /// <summary>Goes to the next header line, in the order in which they came.</summary>
    public bool MoveNext()
    {
        // The head was found well-formed, so every line ends in CRLF and has a colon, and the empty line is the last.
        int end = _rest.IndexOf((byte)'\r');
        if (end <= 0) return false;
        ReadOnlySpan<byte> line = _rest[..end];
        _rest = _rest[(end + 2)..];
        int colon = line.IndexOf((byte)':');
        Current = new HeaderField(line[..colon], HttpTokens.Trim(line[(colon + 1)..]));
        return true;
    }
}
