using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace WsAot.Protocol.Handshake;

/// <summary>A host that a request may ask for, or all subdomains of one (RFC 9110 section 7.2). Immutable.</summary>
public sealed class HostPattern
{
    private static readonly SearchValues<byte> s_addressBytes = SearchValues.Create("0123456789."u8);

    private readonly byte[] _host;
    private readonly int _port;

    private HostPattern(byte[] host, int port) => (_host, _port) = (host, port);

    /// <summary>Parses <c>host</c>, <c>host:port</c>, <c>*.domain</c> or an address; an IPv6 address in brackets.</summary>
    /// <returns>False for anything else: it could match nothing that a client sends.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out HostPattern? pattern)
    {
        bool isHost = HostAndPort.TryParse(value, out HostAndPort parts) && HostName.IsPattern(parts.Host);
        pattern = isHost ? new HostPattern(parts.Host.ToArray(), parts.Port) : null;
        return isHost;
    }

    /// <summary>Whether a host matches, ignoring case. The ports must be equal if the pattern has one.</summary>
    /// <param name="host">The value of the Host header, or <see cref="RequestHead.Authority"/>.</param>
    public bool Matches(ReadOnlySpan<byte> host) =>
        HostAndPort.TryParse(host, out HostAndPort parts)
        && (_port == HostAndPort.NoPort || _port == parts.Port)
        && HostName.Matches(_host, parts.Host);

    /// <summary>Whether a host is an IPv4 address in four parts or an IPv6 address in brackets, not a name.</summary>
    /// <param name="host">The value of the Host header, or <see cref="RequestHead.Authority"/>.</param>
    public static bool IsAddress(ReadOnlySpan<byte> host) =>
        HostAndPort.TryParse(host, out HostAndPort parts)
        && (parts.Host.StartsWith("["u8) || (parts.Host.Count((byte)'.') == 3 && !parts.Host.ContainsAnyExcept(s_addressBytes)));

    /// <summary>Whether a host is the machine's own name: <c>localhost</c>, or a name below it (RFC 6761 section 6.3).</summary>
    /// <param name="host">The value of the Host header, or <see cref="RequestHead.Authority"/>.</param>
    public static bool IsLoopback(ReadOnlySpan<byte> host)
    {
        if (!HostAndPort.TryParse(host, out HostAndPort parts)) return false;
        ReadOnlySpan<byte> name = parts.Host.EndsWith("."u8) ? parts.Host[..^1] : parts.Host;
        return HttpTokens.EqualsIgnoreCase(name, "localhost"u8) || HostName.Matches("*.localhost"u8, name);
    }
}
