namespace WsAot.Protocol.Handshake;

/// <summary>A request head as slices of its bytes. Nothing is copied or decoded.</summary>
public readonly ref struct RequestHead
{
    private readonly ReadOnlySpan<byte> _headers;
    private readonly ReadOnlySpan<byte> _authority;

    /// <summary>Parses a head.</summary>
    /// <param name="head">
    /// The first <see cref="RequestHeadReader.Length"/> bytes, for which a <see cref="RequestHeadReader"/> has returned
    /// <see cref="HeadReadStatus.Done"/>. With other bytes, results are undefined, or an exception is thrown.
    /// </param>
    public RequestHead(ReadOnlySpan<byte> head)
    {
        // RFC 9112 section 2.2: the one empty line that the reader allows.
        if (head.StartsWith("\r\n"u8)) head = head[2..];
        int lineLength = head.IndexOf((byte)'\r');
        ReadOnlySpan<byte> line = head[..lineLength];
        _headers = head[(lineLength + 2)..];

        int methodLength = line.IndexOf((byte)' ');
        Method = line[..methodLength];
        MinorVersion = line[^1] - '0';
        line = line[(methodLength + 1)..];
        Target = line[..line.IndexOf((byte)' ')];

        // Section 3.2.2: in the absolute form, the path follows the authority, which overrides the Host header.
        int authorityStart = Target[0] == '/' ? 0 : RequestLine.GetAuthorityStart(Target);
        if (authorityStart > 0)
        {
            ReadOnlySpan<byte> rest = Target[authorityStart..];
            int authorityLength = RequestLine.GetAuthorityLength(rest);
            _authority = rest[..authorityLength];
            Target = rest[authorityLength..];
        }

        int question = Target.IndexOf((byte)'?');
        Path = question < 0 ? Target : Target[..question];
        Query = question < 0 ? default : Target[(question + 1)..];

        // RFC 9110 section 4.2.3: an empty path is the root.
        if (Path.IsEmpty) Path = "/"u8;
        if (Target.IsEmpty) Target = "/"u8;
    }

    /// <summary>The method; case-sensitive (RFC 9110 section 9.1).</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>
    /// Path and query as received. For an absolute-form target (RFC 9112 section 3.2.2), the part after the authority, or <c>/</c> if there
    /// is none; for <c>OPTIONS *</c>, the asterisk.
    /// </summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>The path, not decoded and without the query; never empty.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>The query, not decoded and without its question mark; empty if there is none.</summary>
    public ReadOnlySpan<byte> Query { get; }

    /// <summary>The x of HTTP/1.x: 0 to 9.</summary>
    public int MinorVersion { get; }

    /// <summary>
    /// The host and port that the client asked for, from an absolute-form target or else the Host header (RFC 9112 section 3.2.2). Empty if
    /// there is neither.
    /// </summary>
    public ReadOnlySpan<byte> Authority
    {
        get
        {
            if (!_authority.IsEmpty) return _authority;
            TryGetHeader("host"u8, out ReadOnlySpan<byte> host);
            return host;
        }
    }

    /// <summary>All header lines and the empty line, as one text.</summary>
    internal ReadOnlySpan<byte> Lines => _headers;

    /// <summary>Enumerates the header lines.</summary>
    public HeaderEnumerator GetEnumerator() => new(_headers);

    /// <summary>Finds the first header with this name.</summary>
    /// <param name="lowerCaseName">The name in lower case.</param>
    /// <param name="value">Its value without the white space around it.</param>
    public bool TryGetHeader(ReadOnlySpan<byte> lowerCaseName, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> rest = _headers;
        return TryFindNext(ref rest, lowerCaseName, out value);
    }

    /// <summary>The value of the first header with this name, given in lower case; empty if there is none.</summary>
    internal ReadOnlySpan<byte> Find(ReadOnlySpan<byte> lowerCaseName)
    {
        TryGetHeader(lowerCaseName, out ReadOnlySpan<byte> value);
        return value;
    }

    /// <summary>The number of header lines with this name, given in lower case.</summary>
    public int CountHeader(ReadOnlySpan<byte> lowerCaseName)
    {
        int count = 0;
        ReadOnlySpan<byte> rest = _headers;
        while (TryFindNext(ref rest, lowerCaseName, out _)) count++;
        return count;
    }

    // Most names that are looked for are not there, so a line of another name costs no more than finding its end.
    private static bool TryFindNext(
        scoped ref ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lowerCaseName, out ReadOnlySpan<byte> value)
    {
        // The head is well-formed: see HeaderEnumerator.
        for (int end; (end = lines.IndexOf((byte)'\r')) > 0;)
        {
            ReadOnlySpan<byte> line = lines[..end];
            lines = lines[(end + 2)..];
            int colon = lowerCaseName.Length;
            if (line.Length <= colon || line[colon] != ':' || !HttpTokens.EqualsIgnoreCase(line[..colon], lowerCaseName)) continue;
            value = HttpTokens.Trim(line[(colon + 1)..]);
            return true;
        }

        value = default;
        return false;
    }
}
