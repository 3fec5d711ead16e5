using System.Buffers;

namespace WsAot.Protocol.Handshake;

/// <summary>A host and an optional port (RFC 9110 section 7.2: uri-host [ ":" port ]).</summary>
internal readonly ref struct HostAndPort
{
    /// <summary>The port if the value names none.</summary>
    public const int NoPort = -1;

    // RFC 3986 section 3.2.2: reg-name is unreserved / pct-encoded / sub-delims, which includes IPv4 addresses.
    private static readonly SearchValues<byte> s_nameBytes = SearchValues.Create(
        "-._~%!$&'()*+,;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // Between brackets: an IPv6 address, which may end in an IPv4 address.
    private static readonly SearchValues<byte> s_literalBytes = SearchValues.Create(":.0123456789ABCDEFabcdef"u8);

    private HostAndPort(ReadOnlySpan<byte> host, int port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>The host, with its brackets if it is an IPv6 address.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>The port, or <see cref="NoPort"/>.</summary>
    public int Port { get; }

    public static bool TryParse(ReadOnlySpan<byte> value, out HostAndPort result)
    {
        result = default;
        int hostLength = GetHostLength(value);
        if (hostLength <= 0 || !TryParsePort(value[hostLength..], out int port)) return false;
        result = new HostAndPort(value[..hostLength], port);
        return true;
    }

    private static int GetHostLength(ReadOnlySpan<byte> value)
    {
        if (!value.StartsWith("["u8))
        {
            int length = value.IndexOfAnyExcept(s_nameBytes);
            return length < 0 ? value.Length : length;
        }

        int close = value.IndexOf((byte)']');
        return close < 3 || value[1..close].ContainsAnyExcept(s_literalBytes) ? 0 : close + 1;
    }

    // RFC 3986 section 3.2.3: port is any number of digits, even none.
    private static bool TryParsePort(ReadOnlySpan<byte> value, out int port)
    {
        port = NoPort;
        if (value.IsEmpty) return true;
        if (value[0] != ':') return false;
        foreach (byte digit in value[1..])
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            port = ((port == NoPort ? 0 : port) * 10) + (digit - '0');
            if (port > ushort.MaxValue) return false;
        }

        return true;
    }
}
