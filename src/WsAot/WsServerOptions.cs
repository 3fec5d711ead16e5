using Microsoft.Extensions.Configuration;
using WsAot.Certificates;
using WsAot.Handshake;
using WsAot.Transport;

namespace WsAot;

/// <summary>
/// The options of a server. You can also set every option on the command line (<c>--max-message-bytes 1048576</c>), in the environment
/// (<c>WSAOT_MAXMESSAGEBYTES</c>) and in the file <c>wsaot.json</c>.
/// </summary>
public sealed partial class WsServerOptions
{
    internal const string DefaultUrls = "ws://127.0.0.1:8080";

    /// <summary>
    /// The addresses to listen on, separated by <c>;</c>: <c>ws://</c>, or <c>wss://</c> for TLS; then an IP address (of IPv6 in brackets,
    /// with its zone if it has one: <c>[fe80::1%eth0]</c>), <c>localhost</c> (both families) or <c>*</c> (all addresses), and a port (0 for
    /// any free one). On Linux also <c>ws://unix:/run/wsaot.sock</c>, a Unix socket, or <c>ws://unix:@name</c>, one with an abstract name.
    /// <c>?proxy-protocol</c> after an address turns on <see cref="ProxyProtocol"/> for this address alone. Default:
    /// <c>ws://127.0.0.1:8080</c>.
    /// </summary>
    /// <remarks>
    /// At the start, the server removes a Unix socket that another process has left, if no process listens on it. If any other file is in
    /// its place, the server does not start. At the stop, the server removes its own socket.
    /// </remarks>
    public string Urls { get; set; } = DefaultUrls;

    /// <summary>
    /// The addresses of the admin listener, separated by <c>;</c>: <c>http://</c>, an IP address, <c>localhost</c> or <c>*</c>, and a port
    /// (0 for any free one), or <c>http://unix:/run/admin.sock</c>. A Unix address that contains <c>{pid}</c> belongs to the process with
    /// that number alone: the process answers there until it ends, even after a new process has taken over its other addresses. The
    /// listener serves <c>/metrics</c>, <c>/healthz</c>, <c>/readyz</c> and the dashboard; see docs/how-to/operations.md. An address that
    /// other machines can reach needs <see cref="AdminTokenFile"/>. Default: none.
    /// </summary>
    public string AdminUrls { get; set; } = "";

    /// <summary>
    /// The file with the secret that clients of the admin listener send as <c>Authorization: Bearer</c>: one line of 16 to 1,024 visible
    /// ASCII characters. <c>/healthz</c> and <c>/readyz</c> do not need it. Default: empty, no secret is needed.
    /// </summary>
    public string AdminTokenFile { get; set; } = "";

    /// <summary>
    /// The permissions of the files of Unix sockets, in octal: 0 to 0777. Processes that may write to the file may connect. Default: 0660,
    /// the file's owner and group.
    /// </summary>
    public string UnixSocketMode { get; set; } = "0660";

    /// <summary>
    /// The owner of the files of Unix sockets, by the names in <c>/etc/passwd</c> and <c>/etc/group</c> or by numbers: <c>user</c>,
    /// <c>user:group</c> or <c>:group</c>. Another user needs the rights of root; a group that the process belongs to does not. Default:
    /// the user and the group of the process.
    /// </summary>
    public string UnixSocketOwner { get; set; } = "";

    /// <summary>
    /// The proxies that the server trusts, separated by <c>;</c>: IP addresses, blocks of them (<c>10.0.0.0/8</c>, <c>fd00::/8</c>), and
    /// <c>unix</c> for any peer on a Unix socket. The client's address, scheme and host come from the headers of these proxies (<see
    /// cref="ForwardedHeaders"/>); the headers of any other peer are ignored. The server reads the addresses from the nearest proxy back
    /// towards the client, at most 32 of them, up to the first one that is not a trusted proxy. Default: none.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>
    /// The headers that trusted proxies set: <c>x-forwarded</c> (<c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c>) or
    /// <c>forwarded</c> (<c>Forwarded</c>, RFC 7239). The server ignores the other kind: a proxy passes headers that it does not set on
    /// unchanged, so a client can forge them. Default: x-forwarded.
    /// </summary>
    public string ForwardedHeaders { get; set; } = ForwardedPolicy.XForwarded;

    /// <summary>
    /// Whether each connection begins with a header of the PROXY protocol, version 1 or 2, that names the client; it is sent unencrypted,
    /// before TLS. Only <see cref="TrustedProxies"/> may connect; other peers, and connections without the header, are reset. Default:
    /// false. To turn it on for a single address, write <c>?proxy-protocol</c> after it in <see cref="Urls"/>.
    /// </summary>
    public bool ProxyProtocol { get; set; }

    /// <summary>The transport: <c>auto</c>, <c>epoll</c> (Linux) or <c>sockets</c>. Default: auto.</summary>
    public TransportKind Transport { get; set; } = TransportKind.Auto;

    /// <summary>
    /// The number of event loops, each with its own thread: 1 to 1,024. 0, the default: the number of processors that the process may use.
    /// </summary>
    public int Loops { get; set; }

    /// <summary>
    /// The largest number of open connections; further ones are refused with 503. 0, the default: 100,000, or the descriptor limit less 64
    /// if that is lower; half of that if the server serves a folder, because each connection may then have a file open.
    /// </summary>
    public int MaxConnections { get; set; }

    /// <summary>The largest request head in bytes: 256 to 1,048,576. A larger one is refused with 431. Default: 16,384.</summary>
    public int MaxHeadBytes { get; set; } = 16 * 1024;

    /// <summary>
    /// The longest path of a request in bytes, as it was sent and without its query: 1 to 1,048,576. A longer one is refused with 414.
    /// Default: 2,048.
    /// </summary>
    public int MaxPathBytes { get; set; } = 2048;

    /// <summary>The largest number of header fields in a request: 1 to 10,000. More are refused with 431. Default: 100.</summary>
    public int MaxHeaderCount { get; set; } = 100;

    /// <summary>
    /// The origins that may connect besides the server's own, separated by <c>;</c>: <c>https://app.example.com</c>;
    /// <c>https://*.example.com</c> for all subdomains, but not example.com itself; any other scheme, such as
    /// <c>capacitor://localhost</c> or <c>file://</c>; <c>null</c>, which sandboxed pages send; <c>*</c> for any. Case, a default port and
    /// a trailing slash do not matter. A request from another origin is refused with 403; one without an Origin header, which no browser
    /// sends, is allowed. Default: none.
    /// </summary>
    public string AllowedOrigins { get; set; } = "";

    /// <summary>
    /// The names that a request may ask for in its Host header, separated by <c>;</c>: <c>app.example.com</c>, with any port;
    /// <c>app.example.com:8443</c>, with this one; <c>*.example.com</c> for all names below example.com, not itself; <c>*</c> for any. A
    /// request for another name is refused with 421. IP addresses are always allowed, and so is <c>localhost</c> if the server listens on
    /// loopback only. Empty, the default: no other name if the server listens on loopback only, else any. This prevents DNS rebinding: a
    /// page whose name resolves to this machine cannot pass as same-origin.
    /// </summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>
    /// The certificate for <c>wss://</c> addresses: a PEM file with the certificate, followed by those of the authorities between it and
    /// the root. Clients get it unless they ask for a name that matches one of <see cref="TlsCertificates"/>. Default: none.
    /// </summary>
    /// <remarks>
    /// The server checks the files of certificates, keys and authorities every 10 seconds, and reads them again when they have changed. See
    /// <see cref="WsServer.ReloadCertificates"/>.
    /// </remarks>
    public string TlsCertificateFile { get; set; } = "";

    /// <summary>The private key of the certificate: a PEM file (EC or RSA). Default: the certificate's file.</summary>
    public string TlsKeyFile { get; set; } = "";

    /// <summary>
    /// A file with the password of an encrypted key; a line end after it is ignored. Default: none, the key is not encrypted.
    /// </summary>
    public string TlsKeyPasswordFile { get; set; } = "";

    /// <summary>
    /// Further certificates, for a server with several names. A client gets the first one whose hosts match the name that it asks for
    /// (SNI): <see cref="TlsCertificateFile"/>, then these in their order. A client that asks for no name, or for an unknown one, gets the
    /// first certificate. In the configuration, they are the list <c>certificates</c> of the section <c>tls</c>. Default: none.
    /// </summary>
    [ConfigurationKeyName("tls:certificates")]
    public IList<WsTlsCertificate> TlsCertificates { get; private set; } = [];

    /// <summary>The oldest version of TLS that is accepted: <c>1.2</c> or <c>1.3</c>. Default: 1.2.</summary>
    public string TlsMinVersion { get; set; } = TlsSettings.MinVersion12;

    /// <summary>
    /// Whether clients are asked for a certificate: <c>none</c>, <c>optional</c> (they may send none, but not an invalid one) or
    /// <c>required</c>. It needs <see cref="TlsClientCaFile"/>. <see cref="WsRequest.ClientCertificate"/> has the certificate of a client.
    /// Default: none.
    /// </summary>
    public TlsClientCertificateMode TlsClientCertificate { get; set; } = TlsClientCertificateMode.None;

    /// <summary>A PEM file with the authorities whose client certificates are accepted. Default: none.</summary>
    public string TlsClientCaFile { get; set; } = "";

    /// <summary>
    /// <c>https</c>: <c>ws://</c> addresses answer every request with 308, which redirects to the same path at the first <c>wss://</c>
    /// address. Browsers follow it for pages, but not for WebSockets. Empty, the default: no redirect.
    /// </summary>
    public string RedirectHttp { get; set; } = "";

    /// <summary>
    /// How long browsers must use TLS for this host after each response over TLS (<c>Strict-Transport-Security: max-age</c>, RFC 6797), in
    /// seconds: 0 to 2,147,483,647. You cannot revoke it before that time has passed. 0, the default: no such header.
    /// </summary>
    public int HstsMaxAgeSeconds { get; set; }

    /// <summary>
    /// How long the opening handshake may take, including that of TLS, in milliseconds: 1 to 86,400,000. After that, it is refused with
    /// 408. Default: 10,000.
    /// </summary>
    public int HandshakeTimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// How long a plain HTTP connection may wait for its next request, in milliseconds: 1 to 86,400,000. After that, it is closed. This
    /// matters only if the application maps paths or serves files: otherwise each connection serves one request. Default: 10,000.
    /// </summary>
    public int KeepAliveTimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// The largest message in bytes: 1 to 1,073,741,824. A larger one closes the connection with 1009. Default: 65,536. You can set it per
    /// route.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// The largest number of frames in a message, empty ones included. More close the connection with 1008. 0, the default: as many as the
    /// message limit makes in pieces of 1 KiB, but at least 1,024. You can set it per route.
    /// </summary>
    public int MaxFragments { get; set; }

    /// <summary>
    /// The input limit: bytes of messages that may wait for an asynchronous handler, 1 to 536,870,912. At the limit, WsAot stops reading
    /// from the connection until half of them have been handled (back-pressure). The parameters of running JSON-RPC calls count too: at
    /// half of the limit, no further call begins. Default: 1,048,576.
    /// </summary>
    public int MaxPendingInputBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The output limit: bytes of output that may wait for a slow client, 1 to 536,870,912. At the limit, sending is refused, publishing to
    /// the connection follows <see cref="SlowConsumer"/>, and WsAot stops reading from it until half of the output has been sent
    /// (back-pressure). Default: 1,048,576. You can set it per route.
    /// </summary>
    public int MaxPendingOutputBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// What happens to a published message if the subscriber's output limit is reached: <c>drop</c> or <c>close</c>. Default: drop. You can
    /// set it per route.
    /// </summary>
    public SlowConsumerPolicy SlowConsumer { get; set; } = SlowConsumerPolicy.Drop;

    /// <summary>
    /// How messages are compressed if the client offers permessage-deflate: <c>none</c>, <c>shared</c> or <c>dedicated</c>. Default: none.
    /// You can set it per route.
    /// </summary>
    public WsCompression Compression { get; set; } = WsCompression.None;

    /// <summary>The compression level: 1 (fastest) to 9 (smallest). Default: 1.</summary>
    public int CompressionLevel { get; set; } = 1;

    /// <summary>The shortest message, in bytes, that is compressed: 0 or more. Default: 256.</summary>
    public int CompressionThresholdBytes { get; set; } = 256;

    /// <summary>
    /// How long a client may be silent before the server sends a ping, in milliseconds: at most 86,400,000. A client that answers is pinged
    /// again after the same time, so a proxy that cuts silent connections needs only a longer timeout than this. 0: never. Default: 25,000.
    /// </summary>
    public int PingIntervalMs { get; set; } = 25_000;

    /// <summary>
    /// How long the client may take to answer a ping before the connection is dropped, in milliseconds: 1 to 86,400,000. Anything that the
    /// client sends counts as an answer; so does taking output that is on its way to it. Default: 10,000.
    /// </summary>
    public int PongTimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// How long a connection may go without a message before it is closed with 1001, in milliseconds: at most 86,400,000. Messages in
    /// either direction count, answers to JSON-RPC calls and published messages among them; pings and pongs do not. While a handler is busy
    /// with a message, or a message is partly received, the connection is not idle. After the server has sent a message, the time may be up
    /// to twice as long. 0, the default: never.
    /// </summary>
    public int IdleTimeoutMs { get; set; }

    /// <summary>
    /// How long the closing handshake may take before the connection is ended, in milliseconds: 1 to 86,400,000. Each KiB of output that
    /// the client takes extends the time by this value again, and the client can save up to twelve extensions, so accepted output is not
    /// lost. Default: 5,000.
    /// </summary>
    public int CloseTimeoutMs { get; set; } = 5_000;

    /// <summary>
    /// Whether to log, at level information, a line for each connection that opens and one for each that closes, with code, cause,
    /// duration, messages and bytes. At level debug, these lines are always logged. Their number has no limit: clients decide how many
    /// connections they open. Default: false.
    /// </summary>
    public bool LogConnections { get; set; }

    /// <summary>A copy, for example for <see cref="WsServer.ApplyOptions(WsServerOptions)"/>.</summary>
    public WsServerOptions Clone()
    {
        var copy = (WsServerOptions)MemberwiseClone();
        copy.TlsCertificates = [];
        foreach (WsTlsCertificate certificate in TlsCertificates) copy.TlsCertificates.Add(certificate.Clone());
        return copy;
    }
}
