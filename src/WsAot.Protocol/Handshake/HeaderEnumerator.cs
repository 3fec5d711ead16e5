namespace WsAot.Protocol.Handshake;

/// <summary>Enumerates the header lines of a <see cref="RequestHead"/>.</summary>
public ref struct HeaderEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal HeaderEnumerator(ReadOnlySpan<byte> lines)
    {
        _rest = lines;
        Current = default;
    }

    /// <summary>The current header line.</summary>
    public HeaderField Current { get; private set; }

    /// <summary>Moves to the next header line, in the order received.</summary>
    public bool MoveNext()
    {
        // The head is well-formed, so every line ends in CRLF and has a colon, and the last line is empty.
        int end = _rest.IndexOf((byte)'\r');
        if (end <= 0) return false;
        ReadOnlySpan<byte> line = _rest[..end];
        _rest = _rest[(end + 2)..];
        int colon = line.IndexOf((byte)':');
        Current = new HeaderField(line[..colon], HttpTokens.Trim(line[(colon + 1)..]));
        return true;
    }
}
