using System.Net;
using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Handshake;

/// <summary>
/// Decides which hosts a request may name. A page counts as the server's own if its origin is the host that the request names. So a foreign
/// page would pass if its host name resolved to this machine (DNS rebinding).
/// </summary>
internal sealed class HostPolicy
{
    private readonly List<HostPattern> _allowed = [];
    private readonly bool _allowsAny;
    private readonly bool _allowsLoopback;

    /// <param name="allowedHosts">
    /// The option: a list of names. If it is empty, any name is allowed, or only loopback's if the server listens only there.
    /// </param>
    /// <param name="addresses">
    /// The addresses that the server listens on. A Unix socket counts as loopback: browsers cannot reach it, but a proxy on this machine
    /// may pass on requests for any name, as it may to a loopback address.
    /// </param>
    /// <exception cref="ArgumentException">An entry can match nothing; the message names it.</exception>
    public HostPolicy(string allowedHosts, IReadOnlyList<EndPoint> addresses)
    {
        string[] hosts = OptionList.Split(allowedHosts);
        _allowsLoopback = addresses.All(static address => address is not IPEndPoint ip || IPAddress.IsLoopback(ip.Address));
        _allowsAny = hosts.Length == 0 && !_allowsLoopback;

        foreach (string host in hosts)
        {
            if (host == "*") _allowsAny = true;
            else if (HostPattern.TryParse(Encoding.UTF8.GetBytes(host), out HostPattern? pattern)) _allowed.Add(pattern);
            else throw new ArgumentException(Describe(host));
        }
    }

    /// <summary>
    /// Whether the host of a request is allowed. An IP address always is: only a name can be made to resolve to another machine, and probes
    /// use addresses. So is a request without a host, which HTTP/1.0 permits.
    /// </summary>
    public bool IsAllowed(ReadOnlySpan<byte> host)
    {
        if (_allowsAny) return true;
        if (host.IsEmpty || HostPattern.IsAddress(host) || (_allowsLoopback && HostPattern.IsLoopback(host))) return true;
        foreach (HostPattern allowed in _allowed)
        {
            if (allowed.Matches(host)) return true;
        }

        return false;
    }

    private static string Describe(string host) =>
        $"AllowedHosts: '{host}' is not a host such as app.example.com, app.example.com:8443, *.example.com, 192.0.2.1 or [2001:db8::1]. "
        + "Leave out scheme and path, write the host in ASCII (xn--...), and separate entries with ';'.";
}
