using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Http;

/// <summary>
/// Which pages may connect. Browsers let any page open a WebSocket to any server and send its cookies along, so it is for the server to
/// ask where the page is from (RFC 6455 section 10.2). Other clients send no Origin, or whatever they like.
/// </summary>
internal sealed class OriginPolicy
{
    private readonly byte[][] _allowed;
    private readonly bool _allowsAny;

    /// <exception cref="ArgumentException">An origin is not <c>scheme://host[:port]</c>; the message says which.</exception>
    public OriginPolicy(string allowedOrigins)
    {
        string[] origins = allowedOrigins.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _allowsAny = origins.Contains("*");
        _allowed = [.. origins.Where(static origin => origin != "*").Select(static origin => Encoding.ASCII.GetBytes(Checked(origin)))];
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

    private static string Checked(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 && uri.PathAndQuery is "/" && !origin.EndsWith('/')
            ? origin
            : throw new ArgumentException($"AllowedOrigins: '{origin}' is not an origin such as https://app.example.com.");
}
