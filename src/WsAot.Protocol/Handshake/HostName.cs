namespace WsAot.Protocol.Handshake;

/// <summary>Hosts and the patterns for them.</summary>
internal static class HostName
{
    /// <summary>What a pattern for all subdomains begins with.</summary>
    private static ReadOnlySpan<byte> Wildcard => "*."u8;

    /// <summary>Whether the pattern stands for all subdomains of a name.</summary>
    public static bool IsWildcard(ReadOnlySpan<byte> pattern) => pattern.StartsWith(Wildcard);

    /// <summary>
    /// Whether a pattern is a host that a client can send, or <c>*.</c> and such a name. An asterisk anywhere else would match nothing.
    /// </summary>
    public static bool IsPattern(ReadOnlySpan<byte> pattern)
    {
        // A comma may stand in a name by the grammar, but in no name that there is: it is a list written with the wrong separator.
        if (pattern.Contains((byte)',')) return false;
        if (!IsWildcard(pattern)) return !pattern.IsEmpty && !pattern.Contains((byte)'*');
        pattern = pattern[Wildcard.Length..];
        return !pattern.IsEmpty && !pattern.StartsWith("."u8) && !pattern.Contains((byte)'*');
    }

    /// <summary>
    /// Whether a host is the pattern's, in any case. <c>*.example.com</c> stands for all names below example.com, however deep, and not for
    /// example.com itself.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> host)
    {
        if (!IsWildcard(pattern)) return HttpTokens.EqualsIgnoreCase(pattern, host);
        ReadOnlySpan<byte> suffix = pattern[1..];
        return host.Length > suffix.Length && HttpTokens.EqualsIgnoreCase(host[^suffix.Length..], suffix);
    }
}
