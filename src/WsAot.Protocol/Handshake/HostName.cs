namespace WsAot.Protocol.Handshake;

/// <summary>Hosts and the patterns for them.</summary>
internal static class HostName
{
    /// <summary>The beginning of a pattern for all subdomains.</summary>
    private static ReadOnlySpan<byte> Wildcard => "*."u8;

    /// <summary>Whether the pattern stands for all subdomains of a name.</summary>
    public static bool IsWildcard(ReadOnlySpan<byte> pattern) => pattern.StartsWith(Wildcard);

    /// <summary>
    /// Whether a pattern is a host that a client can send, or <c>*.</c> before such a name. An asterisk elsewhere would match nothing.
    /// </summary>
    public static bool IsPattern(ReadOnlySpan<byte> pattern)
    {
        // The grammar allows a comma in a name, but no real name has one: this is a list with the wrong separator.
        if (pattern.Contains((byte)',')) return false;
        if (!IsWildcard(pattern)) return !pattern.IsEmpty && !pattern.Contains((byte)'*');
        pattern = pattern[Wildcard.Length..];
        return !pattern.IsEmpty && !pattern.StartsWith("."u8) && !pattern.Contains((byte)'*');
    }

    /// <summary>
    /// Whether a host matches the pattern, ignoring case. <c>*.example.com</c> matches all names below example.com, at any depth, but not
    /// example.com itself.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> host)
    {
        if (!IsWildcard(pattern)) return HttpTokens.EqualsIgnoreCase(pattern, host);
        ReadOnlySpan<byte> suffix = pattern[1..];
        return host.Length > suffix.Length && HttpTokens.EqualsIgnoreCase(host[^suffix.Length..], suffix);
    }
}
