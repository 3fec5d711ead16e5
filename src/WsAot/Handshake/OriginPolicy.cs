using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Handshake;

/// <summary>
/// Decides which web pages may connect. Browsers let any page open a WebSocket to any server and send that server's cookies with it, so the
/// server must check the page's origin (RFC 6455 section 10.2). Other clients send no Origin, or any value they like.
/// </summary>
internal sealed class OriginPolicy
{
    private readonly List<OriginPattern> _allowed = [];
    private readonly bool _allowsAny;

    /// <exception cref="ArgumentException">An entry can match nothing; the message names it.</exception>
    public OriginPolicy(string allowedOrigins)
    {
        var literals = new List<string>();
        Literals = literals;
        foreach (string origin in OptionList.Split(allowedOrigins))
        {
            if (origin == "*")
            {
                _allowsAny = true;
                continue;
            }

            if (!OriginPattern.TryParse(Encoding.UTF8.GetBytes(origin), out OriginPattern? pattern))
            {
                throw new ArgumentException(Describe(origin));
            }

            _allowed.Add(pattern);
            if (pattern.IsLiteral) literals.Add(origin);
        }
    }

    /// <summary>Entries that no browser sends, such as one with a path. They are compared literally.</summary>
    public IReadOnlyList<string> Literals { get; }

    /// <param name="head">The request.</param>
    /// <param name="host">The host that the client asked for.</param>
    /// <param name="isEncrypted">Whether the client is known to have connected with TLS.</param>
    public bool IsAllowed(RequestHead head, ReadOnlySpan<byte> host, bool isEncrypted)
    {
        if (_allowsAny || !head.TryGetHeader("origin"u8, out ReadOnlySpan<byte> origin)) return true;
        // HostPolicy has already checked that the host is one of ours.
        if (Origin.IsSameOrigin(origin, host, isEncrypted)) return true;
        foreach (OriginPattern allowed in _allowed)
        {
            if (allowed.Matches(origin)) return true;
        }

        return false;
    }

    private static string Describe(string origin) =>
        $"AllowedOrigins: '{origin}' is not an origin such as https://app.example.com, https://*.example.com, "
        + "app://localhost, file:// or null. Write scheme and host, the host in ASCII (xn--...), and separate entries with ';'.";
}
