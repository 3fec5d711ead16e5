using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace WsAot.Protocol.Handshake;

/// <summary>An origin that is allowed, or all subdomains of one (RFC 6454 sections 4 and 6, RFC 6455 section 10.2). Immutable.</summary>
public sealed class OriginPattern
{
    private readonly byte[] _value;

    private OriginPattern(byte[] value, bool isLiteral) => (_value, IsLiteral) = (value, isLiteral);

    /// <summary>
    /// Whether this is no origin as browsers send it, and is compared as it is. Some libraries send one with a path.
    /// </summary>
    public bool IsLiteral { get; }

    // Visible ASCII without the asterisk, and without the comma, which would be the wrong separator.
    private static readonly SearchValues<byte> s_literalBytes = SearchValues.Create(
        "!\"#$%&'()+-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static ReadOnlySpan<byte> Null => "null"u8;

    /// <summary>
    /// Parses <c>null</c>, <c>scheme://host</c>, <c>scheme://host:port</c> or <c>scheme://*.domain</c>. A scheme that has no hosts needs
    /// none: <c>file://</c>. Any other text in ASCII with a scheme and without an asterisk is <see cref="IsLiteral"/>.
    /// </summary>
    /// <returns>False for anything else: it could match nothing that a client sends.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out OriginPattern? pattern)
    {
        bool isOrigin = OriginParts.TryParse(value, out OriginParts parts) && (parts.Host.IsEmpty || HostName.IsPattern(parts.Host));
        bool isNull = HttpTokens.EqualsIgnoreCase(value, Null);
        bool isLiteral = !isOrigin && !isNull && IsLiteralValue(value);
        pattern = isOrigin || isNull || isLiteral ? new OriginPattern(value.ToArray(), isLiteral) : null;
        return pattern is not null;
    }

    private static bool IsLiteralValue(ReadOnlySpan<byte> value)
    {
        int colon = value.IndexOf("://"u8);
        return colon > 0
            && OriginParts.IsScheme(value[..colon])
            && value.Length > colon + 3
            && value[colon + 3] != '/'
            && !value.ContainsAnyExcept(s_literalBytes);
    }

    /// <summary>
    /// Whether an origin is this one: scheme and host are equal in any case, and so are the ports, where a missing one is the default of
    /// the scheme.
    /// </summary>
    /// <param name="origin">The value of the Origin header.</param>
    public bool Matches(ReadOnlySpan<byte> origin)
    {
        if (IsLiteral) return origin.SequenceEqual(_value);
        if (!OriginParts.TryParse(origin, out OriginParts other)) return HttpTokens.EqualsIgnoreCase(origin, _value);
        return OriginParts.TryParse(_value, out OriginParts own)
            && own.Port == other.Port
            && HttpTokens.EqualsIgnoreCase(own.Scheme, other.Scheme)
            && HostName.Matches(own.Host, other.Host);
    }
}
