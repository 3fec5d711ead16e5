using System.Net;
using System.Security.Cryptography;
using System.Text;
using WsAot.Transport;

namespace WsAot.Testing;

/// <summary>A request of a test: for a WebSocket, or for plain HTTP. Change it before it is sent.</summary>
public sealed class WsTestRequest
{
    internal WsTestRequest(string target) => Target = target;

    /// <summary>The path and the query as they are sent, percent-encoded: <c>/chat/lobby?page=2</c>.</summary>
    public string Target { get; private set; }

    /// <summary>The host in the request. Default: <c>localhost</c>.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>
    /// The origin of the web page that connects, such as <c>https://app.example.com</c>. Default: null, as for clients other than browsers.
    /// </summary>
    public string? Origin { get; set; }

    /// <summary>The token of an <c>Authorization: Bearer</c> header. Default: null, no such header.</summary>
    public string? BearerToken { get; set; }

    /// <summary>
    /// Whether the request counts as sent over TLS: <see cref="WsRequest.IsSecure"/>. Nothing is encrypted in memory, and the server needs
    /// no certificate. Default: false.
    /// </summary>
    public bool IsSecure { get; set; }

    /// <summary>The subprotocols that are offered, most preferred first. Default: none.</summary>
    public IReadOnlyList<string> Subprotocols { get; set; } = [];

    /// <summary>
    /// Whether permessage-deflate is offered. It is used if the route has compression: see <see cref="WsTestClient.IsCompressed"/>.
    /// Default: false.
    /// </summary>
    public bool OffersCompression { get; set; }

    /// <summary>The client's address. Default: 127.0.0.1 with a port of its own.</summary>
    public IPEndPoint? RemoteEndPoint { get; set; }

    /// <summary>
    /// How many bytes the server can send before the client must read, as if network buffers held them: 1 or more. Default: 1 MiB.
    /// </summary>
    public int WindowBytes { get; set; } = 1024 * 1024;

    /// <summary>Whether the client answers pings. Default: true.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>Whether the client answers a close frame, and ends TCP after the server has. Default: true.</summary>
    public bool AnswersClose { get; set; } = true;

    internal TlsClientCertificate? ClientCertificate { get; private set; }

    internal List<KeyValuePair<string, string>> Headers { get; } = [];

    internal List<string> Cookies { get; } = [];

    /// <summary>Adds a header field.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, on one line.</param>
    public WsTestRequest AddHeader(string name, string value)
    {
        Headers.Add(new(name, value));
        return this;
    }

    /// <summary>Adds a cookie.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value as it is sent.</param>
    public WsTestRequest AddCookie(string name, string value)
    {
        Cookies.Add($"{name}={value}");
        return this;
    }

    /// <summary>
    /// Gives the client a certificate that counts as verified by the server: <see cref="WsRequest.ClientCertificate"/>. The server must ask
    /// for it: set <see cref="WsServerOptions.TlsClientCertificate"/>, and <see cref="WsServerOptions.TlsClientCaFile"/> to any name, since
    /// that file is not read.
    /// </summary>
    /// <param name="subject">The subject, such as <c>CN=device-7,O=Example</c>. Each subject has its own fingerprint.</param>
    /// <param name="subjectAlternativeNames">The alternative names, such as <c>DNS:device-7.example.com</c>.</param>
    public WsTestRequest UseClientCertificate(string subject, params string[] subjectAlternativeNames)
    {
        IsSecure = true;
        ClientCertificate = new TlsClientCertificate
        {
            Subject = subject,
            Issuer = "CN=WsAot.Testing",
            SubjectAlternativeNames = subjectAlternativeNames,
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject))),
            NotAfter = DateTimeOffset.MaxValue,
        };
        return this;
    }

    /// <summary>Adds a value to the query.</summary>
    /// <param name="key">The key, which is percent-encoded.</param>
    /// <param name="value">The value, which is percent-encoded.</param>
    public WsTestRequest AddQuery(string key, string value)
    {
        Target += $"{(Target.Contains('?') ? '&' : '?')}{Uri.EscapeDataString(key)}={Uri.EscapeDataString(value)}";
        return this;
    }
}
