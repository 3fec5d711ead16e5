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

    /// <summary>
    /// Whether connections to this address begin with a PROXY protocol header, whatever the option for all addresses says.
    /// </summary>
    public bool HasProxyProtocol { get; private init; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLocal => endPoint is not IPEndPoint ip || IPAddress.IsLoopback(ip.Address);

    /// <summary>Parses a list of addresses separated by <c>;</c>.</summary>
    /// <param name="urls">The list.</param>
    /// <param name="option">The name of the option, for errors.</param>
    /// <param name="plainScheme">The scheme of addresses without TLS.</param>
    /// <param name="secureScheme">The scheme of addresses with TLS; null if they are not allowed.</param>
    /// <exception cref="ArgumentException">An address is invalid or appears twice; the message says which and why.</exception>
    public static IReadOnlyList<ListenAddress> ParseAll(
        string urls, string option = "Urls", string plainScheme = PlainScheme, string? secureScheme = SecureScheme)
    {
        var addresses = new List<ListenAddress>();
        foreach (string url in OptionList.Split(urls))
        {
            try
            {
                ListenAddress address = Parse(url, plainScheme, secureScheme);
                if (addresses.Find(address.Overlaps) is { } other) throw new FormatException($"'{other}' already listens there");
                addresses.Add(address);
            }
            catch (FormatException exception)
            {
                throw new ArgumentException($"{option}: '{url}' cannot be used: {exception.Message}.");
            }
        }

        return addresses.Count > 0 ? addresses : throw new ArgumentException($"{option}: no address is named.");
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

    /// <summary>The same address with the port that the system chose.</summary>
    public ListenAddress With(EndPoint real) => new(real, isSecure) { IsLocalhost = IsLocalhost, HasProxyProtocol = HasProxyProtocol };

    public override string ToString() =>
        (IsSecure ? SecureScheme : PlainScheme)
        + (IsLocalhost ? string.Create(CultureInfo.InvariantCulture, $"{Localhost}:{((IPEndPoint)EndPoint).Port}") : EndPoint);

    private static ListenAddress Parse(string url, string plainScheme, string? secureScheme)
    {
        bool isSecure = secureScheme is not null && url.StartsWith(secureScheme, StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !url.StartsWith(plainScheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"it must begin with {plainScheme}{(secureScheme is null ? "" : " or " + secureScheme)}");
        }

        string rest = url[(isSecure ? secureScheme! : plainScheme).Length..];
        bool hasProxyProtocol = rest.EndsWith(ProxyProtocol, StringComparison.OrdinalIgnoreCase);
        if (hasProxyProtocol) rest = rest[..^ProxyProtocol.Length];
        if (rest.Contains('?')) throw new FormatException("after the question mark, only proxy-protocol is allowed");
        rest = rest.TrimEnd('/');
        bool isUnix = rest.StartsWith(UnixPrefix, StringComparison.OrdinalIgnoreCase);
        return new ListenAddress(isUnix ? ParseUnix(rest[UnixPrefix.Length..]) : ParseIP(rest), isSecure)
        {
            IsLocalhost = !isUnix && rest.StartsWith(Localhost + ":", StringComparison.OrdinalIgnoreCase),
            HasProxyProtocol = hasProxyProtocol,
        };
    }

    private static UnixEndPoint ParseUnix(string name)
    {
        if (!name.StartsWith('/') && !name.StartsWith('@')) throw new FormatException("unix: needs an absolute path, or @ and a name");
        return Encoding.UTF8.GetByteCount(name) is >= 2 and <= UnixEndPoint.MaxBytes && !name.Contains('\0')
            ? new UnixEndPoint(name)
            : throw new FormatException($"the path must have 2 to {UnixEndPoint.MaxBytes} bytes");
    }

    private static IPEndPoint ParseIP(string rest)
    {
        if (rest.Contains('/')) throw new FormatException("it must not have a path");
        int colon = rest.LastIndexOf(':');
        if (colon <= 0 || rest.EndsWith(']')) throw new FormatException("it must name a port");
        if (!ushort.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            throw new FormatException("the port must be 0 to 65535");
        }

        string host = rest[..colon];
        IPAddress? address = host.ToLowerInvariant() switch
        {
            Localhost => IPAddress.Loopback,
            "*" or "+" => AnyAddress(),
            ['[', .., ']'] => IPAddress.TryParse(host[1..^1], out IPAddress? v6) ? v6 : null,
            _ => IPAddress.TryParse(host, out IPAddress? v4) && host.Contains('.') ? v4 : null,
        };
        if (address is null) throw new FormatException("the host must be an IP address, localhost, * or unix:");
        if (host.Contains('%') && address.ScopeId == 0) throw new FormatException("this machine has no such interface");
        return new IPEndPoint(address, port);
    }

    /// <summary>All addresses, of both families if the machine has IPv6.</summary>
    private static IPAddress AnyAddress() =>
        File.Exists("/proc/net/if_inet6") || !OperatingSystem.IsLinux() ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>Whether the kernel would refuse to listen on both addresses.</summary>
    private bool Overlaps(ListenAddress other)
    {
        if (endPoint is not IPEndPoint mine || other.EndPoint is not IPEndPoint its) return endPoint.Equals(other.EndPoint);
        if (mine.Port != its.Port || mine.Port == 0) return false;
        return Covers(mine.Address, its.Address)
            || Covers(its.Address, mine.Address)
            || (IsLocalhost && Covers(its.Address, IPAddress.IPv6Loopback))
            || (other.IsLocalhost && Covers(mine.Address, IPAddress.IPv6Loopback));
    }

    /// <summary>
    /// Whether a socket for one address accepts connections to the other. The socket for all IPv6 addresses also accepts IPv4.
    /// </summary>
    private static bool Covers(IPAddress address, IPAddress other) =>
        address.Equals(other)
        || address.Equals(IPAddress.IPv6Any)
        || (address.Equals(IPAddress.Any) && other.AddressFamily == address.AddressFamily);
}
