using System.Diagnostics.CodeAnalysis;

namespace WsAot.Protocol.Handshake;

/// <summary>An origin that is allowed, or all subdomains of one (RFC 6454 sections 4 and 6, RFC 6455 section 10.2). Immutable.</summary>
public sealed class OriginPattern
{
    private readonly byte[] _value;

    private OriginPattern(byte[] value) => _value = value;

    private static ReadOnlySpan<byte> Null => "null"u8;

    /// <summary>
    /// Parses <c>null</c>, <c>scheme://host</c>, <c>scheme://host:port</c> or <c>scheme://*.domain</c>. A scheme that has no hosts needs
    /// none: <c>file://</c>.
    /// </summary>
    /// <returns>False for anything else: it could match nothing that a client sends.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out OriginPattern? pattern)
    {
        bool isOrigin = OriginParts.TryParse(value, out OriginParts parts) && (parts.Host.IsEmpty || HostName.IsPattern(parts.Host));
        pattern = isOrigin || HttpTokens.EqualsIgnoreCase(value, Null) ? new OriginPattern(value.ToArray()) : null;
        return pattern is not null;
    }

    /// <summary>
    /// Whether an origin is this one: scheme and host are equal in any case, and so are the ports, where a missing one is the default of
    /// the scheme.
    /// </summary>
    /// <param name="origin">The value of the Origin header.</param>
    public bool Matches(ReadOnlySpan<byte> origin)
    {
        if (!OriginParts.TryParse(origin, out OriginParts other)) return HttpTokens.EqualsIgnoreCase(origin, _value);
        return OriginParts.TryParse(_value, out OriginParts own)
            && own.Port == other.Port
            && HttpTokens.EqualsIgnoreCase(own.Scheme, other.Scheme)
            && HostName.Matches(own.Host, other.Host);
    }
}
