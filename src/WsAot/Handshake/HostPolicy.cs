using System.Net;
using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Handshake;

/// <summary>
/// Decides which hosts a request may ask for. The server takes a page for its own if the page's origin is the host that the request names.
/// So a foreign page would pass for the server's own if its host name led to this machine (DNS rebinding).
/// </summary>
internal sealed class HostPolicy
{
    private readonly List<HostPattern> _allowed = [];
    private readonly bool _allowsAny;
    private readonly bool _allowsLoopback;

    /// <param name="allowedHosts">The option: names. Empty: none besides loopback's if the server listens there only, else any.</param>
    /// <param name="addresses">
    /// Where the server listens. A Unix socket counts as loopback: no browser reaches it, but a proxy of this machine that does may let in
    /// requests for any name, as in front of a loopback address.
    /// </param>
    /// <exception cref="ArgumentException">An entry can match nothing; the message says which.</exception>
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
    /// Whether the host of a request is allowed. An address always is: only a name can be made to lead elsewhere, and probes ask for
    /// addresses. A request without a host, which HTTP/1.0 lets pass, names nobody's.
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
        + "Write no scheme and no path, the host in ASCII (xn--...), and separate several with ';'.";
}
