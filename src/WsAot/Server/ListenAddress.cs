using System.Globalization;
using System.Net;
using System.Text;
using WsAot.Handshake;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>
/// An address to listen on, as you write it in the options: <c>ws://127.0.0.1:8080</c>, <c>wss://127.0.0.1:8443</c> with TLS, or
/// <c>ws://unix:/run/wsaot.sock</c>.
/// </summary>
internal sealed class ListenAddress(EndPoint endPoint, bool isSecure)
{
    private const string PlainScheme = "ws://";
    private const string SecureScheme = "wss://";
    private const string Localhost = "localhost";
    private const string UnixPrefix = "unix:";
    private const string ProxyProtocol = "?proxy-protocol";

    public EndPoint EndPoint => endPoint;

    public bool IsSecure => isSecure;

    /// <summary>Whether it is the loopback address of both families.</summary>
    public bool IsLocalhost { get; private init; }

    /// <summary>Whether connections to this address begin with a header of the PROXY protocol, whatever holds for others.</summary>
    public bool HasProxyProtocol { get; private init; }

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLocal => endPoint is not IPEndPoint ip || IPAddress.IsLoopback(ip.Address);

    /// <summary>Parses a list of addresses separated by <c>;</c>.</summary>
    /// <exception cref="ArgumentException">An address is invalid, or comes twice; the message says which and why.</exception>
    public static IReadOnlyList<ListenAddress> ParseAll(string urls)
    {
        var addresses = new List<ListenAddress>();
        foreach (string url in OptionList.Split(urls))
        {
            ListenAddress address = Parse(url);
            foreach (ListenAddress other in addresses)
            {
                if (address.Overlaps(other)) throw Error(url, $"'{other}' listens there already");
            }

            addresses.Add(address);
        }

        return addresses.Count > 0 ? addresses : throw new ArgumentException("Urls: no address is named.");
    }

    /// <summary>The first address with TLS, or the first without; null if there is none.</summary>
    public static ListenAddress? Find(IReadOnlyList<ListenAddress> addresses, bool isSecure)
    {
        foreach (ListenAddress address in addresses)
        {
            if (address.IsSecure == isSecure) return address;
        }

        return null;
    }

    public static EndPoint[] EndPointsOf(IReadOnlyList<ListenAddress> addresses)
    {
        var endPoints = new EndPoint[addresses.Count];
        for (int i = 0; i < endPoints.Length; i++) endPoints[i] = addresses[i].EndPoint;
        return endPoints;
    }

    /// <summary>The same with the port that the system has chosen.</summary>
    public ListenAddress With(EndPoint real) => new(real, isSecure) { IsLocalhost = IsLocalhost, HasProxyProtocol = HasProxyProtocol };

    public override string ToString() =>
        (IsSecure ? SecureScheme : PlainScheme)
        + (IsLocalhost ? string.Create(CultureInfo.InvariantCulture, $"{Localhost}:{((IPEndPoint)EndPoint).Port}") : EndPoint);

    private static ListenAddress Parse(string url)
    {
        bool isSecure = url.StartsWith(SecureScheme, StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !url.StartsWith(PlainScheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Error(url, "it must begin with ws:// or wss://");
        }

        string rest = url[(isSecure ? SecureScheme : PlainScheme).Length..];
        bool hasProxyProtocol = rest.EndsWith(ProxyProtocol, StringComparison.OrdinalIgnoreCase);
        if (hasProxyProtocol) rest = rest[..^ProxyProtocol.Length];
        if (rest.Contains('?')) throw Error(url, "behind the question mark, only proxy-protocol may stand");
        rest = rest.TrimEnd('/');
        bool isUnix = rest.StartsWith(UnixPrefix, StringComparison.OrdinalIgnoreCase);
        return new ListenAddress(isUnix ? ParseUnix(url, rest[UnixPrefix.Length..]) : ParseIP(url, rest), isSecure)
        {
            IsLocalhost = !isUnix && rest.StartsWith(Localhost + ":", StringComparison.OrdinalIgnoreCase),
            HasProxyProtocol = hasProxyProtocol,
        };
    }

    private static UnixEndPoint ParseUnix(string url, string name)
    {
        if (!name.StartsWith('/') && !name.StartsWith('@')) throw Error(url, "unix: needs a whole path, or @ and a name");
        return Encoding.UTF8.GetByteCount(name) is >= 2 and <= UnixEndPoint.MaxBytes && !name.Contains('\0')
            ? new UnixEndPoint(name)
            : throw Error(url, $"the path must have 2 to {UnixEndPoint.MaxBytes} bytes");
    }

    private static IPEndPoint ParseIP(string url, string rest)
    {
        if (rest.Contains('/')) throw Error(url, "it must not have a path");
        int colon = rest.LastIndexOf(':');
        if (colon <= 0 || rest.EndsWith(']')) throw Error(url, "it must name a port");
        if (!ushort.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            throw Error(url, "the port must be 0 to 65535");
        }

        string host = rest[..colon];
        IPAddress? address = host.ToLowerInvariant() switch
        {
            Localhost => IPAddress.Loopback,
            "*" or "+" => AnyAddress(),
            ['[', .., ']'] => IPAddress.TryParse(host[1..^1], out IPAddress? v6) ? v6 : null,
            _ => IPAddress.TryParse(host, out IPAddress? v4) && host.Contains('.') ? v4 : null,
        };
        if (address is null) throw Error(url, "the host must be an IP address, localhost, * or unix:");
        if (host.Contains('%') && address.ScopeId == 0) throw Error(url, "this machine has no such interface");
        return new IPEndPoint(address, port);
    }

    /// <summary>All addresses of both families if the machine has IPv6.</summary>
    private static IPAddress AnyAddress() =>
        File.Exists("/proc/net/if_inet6") || !OperatingSystem.IsLinux() ? IPAddress.IPv6Any : IPAddress.Any;

    private static ArgumentException Error(string url, string reason) => new($"Urls: '{url}' cannot be listened on: {reason}.");

    /// <summary>Whether the kernel would refuse to listen on both.</summary>
    private bool Overlaps(ListenAddress other)
    {
        if (endPoint is not IPEndPoint mine || other.EndPoint is not IPEndPoint its) return endPoint.Equals(other.EndPoint);
        if (mine.Port != its.Port || mine.Port == 0) return false;
        return Covers(mine.Address, its.Address)
            || Covers(its.Address, mine.Address)
            || (IsLocalhost && Covers(its.Address, IPAddress.IPv6Loopback))
            || (other.IsLocalhost && Covers(mine.Address, IPAddress.IPv6Loopback));
    }

    /// <summary>Whether a socket for one address takes connections to the other: the one of all IPv6 addresses takes IPv4, too.</summary>
    private static bool Covers(IPAddress address, IPAddress other) =>
        address.Equals(other)
        || address.Equals(IPAddress.IPv6Any)
        || (address.Equals(IPAddress.Any) && other.AddressFamily == address.AddressFamily);
}
