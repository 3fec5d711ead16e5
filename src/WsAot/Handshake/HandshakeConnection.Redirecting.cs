using System.Globalization;
using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Handshake;

/// <summary>Leads clients that come without TLS to where the server speaks it.</summary>
internal sealed partial class HandshakeConnection
{
    private const int DefaultTlsPort = 443;

    private void Redirect(RequestHead head, HandshakeError hostError)
    {
        ReadOnlySpan<byte> host = WithoutPort(head.Authority);
        if (hostError != HandshakeError.None || host.IsEmpty)
        {
            Refuse(hostError == HandshakeError.None ? HandshakeError.MissingHost : hostError, head);
            return;
        }

        // OPTIONS * asks about the server as a whole: there is no path to go to.
        ReadOnlySpan<byte> target = head.Target.SequenceEqual("*"u8) ? "/"u8 : head.Target;
        string port = context.RedirectPort == DefaultTlsPort
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $":{context.RedirectPort}");
        // An absolute target without a path has its query only (RFC 9112 section 3.2.2).
        string slash = target[0] == '/' ? "" : "/";
        string location = $"https://{Encoding.ASCII.GetString(host)}{port}{slash}{Encoding.ASCII.GetString(target)}";
        KeyValuePair<string, string> header = new("Location", location);
        Reply(HttpResponse.Text(308, "this address has no TLS", _omitsBody, hsts: null, [header], UtcNow));
    }

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> authority)
    {
        int colon = authority.LastIndexOf((byte)':');
        return colon > authority.LastIndexOf((byte)']') ? authority[..colon] : authority;
    }
}
