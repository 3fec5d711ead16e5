using System.Globalization;
using System.Text;
using WsAot.Connections;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>The TLS part of a handshake: clients whose TLS fails, and clients without TLS that are redirected to it.</summary>
internal sealed partial class HandshakeConnection
{
    private const int DefaultTlsPort = 443;

    public void OnTlsFailed(string reason)
    {
        // After the answer, a TLS failure no longer matters.
        if (_isAnswered) return;
        NoteTlsFailed(loop, _transport, reason, TlsFailureHints.OptionFor(reason));
        Linger();
    }

    /// <summary>Counts and logs a client whose TLS failed.</summary>
    public static void NoteTlsFailed(LoopState loop, TransportConnection transport, string reason, string? option)
    {
        loop.Counters.TlsFailed++;
        PeerLog log = loop.Server.PeerLog;
        if (!log.TryTakeLine(PeerLog.Kind.Refused)) return;
        log.TlsFailed(transport.RemoteAddress.ToString(), reason, option);
    }

    /// <summary>The handshake timed out. The client could not read an answer.</summary>
    private void EndTlsHandshake()
    {
        string reason = $"the handshake took longer than {HandshakeMs} ms";
        NoteTlsFailed(loop, _transport, reason, "--handshake-timeout-ms");
        _transport.Close();
    }

    private void Redirect(RequestHead head, HandshakeError hostError)
    {
        ReadOnlySpan<byte> host = WithoutPort(AuthorityOf(head));
        if (hostError != HandshakeError.None || host.IsEmpty)
        {
            Refuse(hostError == HandshakeError.None ? HandshakeError.MissingHost : hostError, head);
            return;
        }

        // OPTIONS * asks about the server as a whole, so there is no path to redirect to.
        ReadOnlySpan<byte> target = head.Target.SequenceEqual("*"u8) ? "/"u8 : head.Target;
        string port = context.RedirectPort == DefaultTlsPort
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $":{context.RedirectPort}");
        // An absolute target without a path has its query only (RFC 9112 section 3.2.2).
        string slash = target[0] == '/' ? "" : "/";
        string location = $"https://{Encoding.ASCII.GetString(host)}{port}{slash}{Encoding.ASCII.GetString(target)}";
        KeyValuePair<string, string> header = new("Location", location);
        Reply(308, "redirect-http", HttpResponse.Text(308, "this address has no TLS", _omitsBody, hsts: null, [header], UtcNow));
    }

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> authority)
    {
        int colon = authority.LastIndexOf((byte)':');
        return colon > authority.LastIndexOf((byte)']') ? authority[..colon] : authority;
    }
}
