using System.Globalization;
using System.Net;
using WsAot.Handshake;

namespace WsAot.Server;

/// <summary>
/// An address to listen on, as you write it in the options: <c>ws://127.0.0.1:8080</c>, or <c>wss://127.0.0.1:8443</c> with TLS.
/// </summary>
internal sealed class ListenAddress(IPEndPoint endPoint, bool isSecure)
{
    private const string PlainScheme = "ws://";
    private const string SecureScheme = "wss://";

    public IPEndPoint EndPoint => endPoint;

    public bool IsSecure => isSecure;

    /// <summary>Parses a list of addresses separated by <c>;</c>.</summary>
    /// <exception cref="ArgumentException">An address is invalid; the message says which and why.</exception>
    public static IReadOnlyList<ListenAddress> ParseAll(string urls)
    {
        var addresses = new List<ListenAddress>();
        foreach (string url in OptionList.Split(urls))
        {
            addresses.Add(Parse(url));
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

    public static IPEndPoint[] EndPointsOf(IReadOnlyList<ListenAddress> addresses)
    {
        var endPoints = new IPEndPoint[addresses.Count];
        for (int i = 0; i < endPoints.Length; i++) endPoints[i] = addresses[i].EndPoint;
        return endPoints;
    }

    public override string ToString() => (IsSecure ? SecureScheme : PlainScheme) + EndPoint;

    private static ListenAddress Parse(string url)
    {
        bool isSecure = url.StartsWith(SecureScheme, StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !url.StartsWith(PlainScheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Error(url, "it must begin with ws:// or wss://");
        }

        string rest = url[(isSecure ? SecureScheme : PlainScheme).Length..].TrimEnd('/');
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
            "localhost" => IPAddress.Loopback,
            "*" or "+" => AnyAddress(),
            ['[', .., ']'] => IPAddress.TryParse(host[1..^1], out IPAddress? v6) ? v6 : null,
            _ => IPAddress.TryParse(host, out IPAddress? v4) && host.Contains('.') ? v4 : null,
        };
        return new ListenAddress(
            new IPEndPoint(address ?? throw Error(url, "the host must be an IP address, localhost or *"), port), isSecure);
    }

    /// <summary>All addresses of both families if the machine has IPv6.</summary>
    private static IPAddress AnyAddress() =>
        File.Exists("/proc/net/if_inet6") || !OperatingSystem.IsLinux() ? IPAddress.IPv6Any : IPAddress.Any;

    private static ArgumentException Error(string url, string reason) => new($"Urls: '{url}' cannot be listened on: {reason}.");
}
