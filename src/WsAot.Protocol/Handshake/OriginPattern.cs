using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace WsAot.Protocol.Handshake;

/// <summary>An origin that is allowed, or all subdomains of one (RFC 6454 sections 4 and 6, RFC 6455 section 10.2). Immutable.</summary>
public sealed class OriginPattern
{
    // Visible ASCII without the asterisk and the comma: a comma would be the wrong separator of a list.
    private static readonly SearchValues<byte> s_literalBytes = SearchValues.Create(
        "!\"#$%&'()+-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly byte[] _scheme;
    private readonly byte[] _host;
    private readonly int _port;
    private readonly byte[]? _whole;    // set if the origin has no parts to compare

    private OriginPattern(OriginParts parts) => (_scheme, _host, _port) = (parts.Scheme.ToArray(), parts.Host.ToArray(), parts.Port);

    private OriginPattern(byte[] whole, bool isLiteral) => (_scheme, _host, _whole, IsLiteral) = ([], [], whole, isLiteral);

    /// <summary>
    /// Whether the pattern is compared byte for byte, because it is not an origin as browsers send it. Some libraries send one with a path.
    /// </summary>
    public bool IsLiteral { get; }

    /// <summary>
    /// Parses <c>null</c>, <c>scheme://host</c>, <c>scheme://host:port</c> or <c>scheme://*.domain</c>. A scheme without hosts needs none:
    /// <c>file://</c>. Any other text in ASCII with a scheme and without an asterisk is <see cref="IsLiteral"/>.
    /// </summary>
    /// <returns>False for anything else: it could match nothing that a client sends.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out OriginPattern? pattern)
    {
        if (OriginParts.TryParse(value, out OriginParts parts) && (parts.Host.IsEmpty || HostName.IsPattern(parts.Host)))
        {
            pattern = new OriginPattern(parts);
        }
        else
        {
            bool isNull = HttpTokens.EqualsIgnoreCase(value, "null"u8);
            pattern = isNull || IsLiteralValue(value) ? new OriginPattern(value.ToArray(), isLiteral: !isNull) : null;
        }

        return pattern is not null;
    }

    /// <summary>
    /// Whether an origin matches: scheme and host are equal, ignoring case, and the ports are equal. A missing port is the default of the
    /// scheme.
    /// </summary>
    /// <param name="origin">The value of the Origin header.</param>
    public bool Matches(ReadOnlySpan<byte> origin)
    {
        if (_whole is not null) return IsLiteral ? origin.SequenceEqual(_whole) : HttpTokens.EqualsIgnoreCase(origin, _whole);
        return OriginParts.TryParse(origin, out OriginParts other)
            && _port == other.Port
            && HttpTokens.EqualsIgnoreCase(_scheme, other.Scheme)
            && HostName.Matches(_host, other.Host);
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
}
