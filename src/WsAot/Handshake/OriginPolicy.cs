using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Handshake;

/// <summary>
/// Decides which web pages may connect. Browsers let any page open a WebSocket to any server and send that server's cookies with it, so the
/// server must check the page's origin (RFC 6455 section 10.2). Other clients send no Origin, or any value they like.
/// </summary>
internal sealed class OriginPolicy
{
    private readonly List<byte[]> _allowed = [];
    private readonly bool _allowsAny;

    /// <exception cref="ArgumentException">An entry is not <c>scheme://host[:port]</c>; the message says which.</exception>
    public OriginPolicy(string allowedOrigins)
    {
        foreach (string origin in allowedOrigins.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (origin == "*") _allowsAny = true;
            else _allowed.Add(Parse(origin));
        }
    }

    public bool IsAllowed(RequestHead head)
    {
        if (_allowsAny || !head.TryGetHeader("origin"u8, out ReadOnlySpan<byte> origin)) return true;
        if (Origin.IsSameOrigin(origin, head.Authority)) return true;
        foreach (byte[] allowed in _allowed)
        {
            if (Ascii.EqualsIgnoreCase(origin, allowed)) return true;
        }

        return false;
    }

    private static byte[] Parse(string origin)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(origin);
        // A valid origin is always the same origin as its own host.
        int host = origin.IndexOf("://", StringComparison.Ordinal) + 3;
        return host > 3 && Origin.IsSameOrigin(bytes, bytes.AsSpan(host))
            ? bytes
            : throw new ArgumentException($"AllowedOrigins: '{origin}' is not an origin such as https://app.example.com.");
    }
}
