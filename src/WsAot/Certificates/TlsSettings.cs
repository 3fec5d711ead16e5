using System.Text;
using WsAot.Transport;

namespace WsAot.Certificates;

/// <summary>Turns the TLS options of a server into the form that the transport takes.</summary>
internal static class TlsSettings
{
    public const string MinVersion12 = "1.2";
    public const string MinVersion13 = "1.3";

    private const string PlainHttpText =
        "400 Bad Request: This port expects TLS, but got plain HTTP. Use https://, or wss:// for a WebSocket.\n";

    /// <summary>Whether the options name a certificate.</summary>
    public static bool HasCertificate(WsServerOptions options) =>
        options.TlsCertificateFile.Length > 0 || options.TlsCertificates.Count > 0;

    public static TlsServerOptions From(WsServerOptions options) => new()
    {
        Certificates = CertificatesOf(options),
        MinVersion = options.TlsMinVersion == MinVersion13 ? TlsVersion.Tls13 : TlsVersion.Tls12,
        ClientCertificate = options.TlsClientCertificate,
        ClientCaFile = OrNull(options.TlsClientCaFile),
        PlainHttpAnswer = PlainHttpAnswer(),
    };

    /// <summary>All certificates, the default one first.</summary>
    private static List<TlsCertificateFiles> CertificatesOf(WsServerOptions options)
    {
        var all = new List<TlsCertificateFiles>();
        if (options.TlsCertificateFile.Length > 0)
        {
            all.Add(Files([], options.TlsCertificateFile, options.TlsKeyFile, options.TlsKeyPasswordFile));
        }

        foreach (WsTlsCertificate one in options.TlsCertificates)
        {
            all.Add(Files([.. one.Hosts], one.CertificateFile, one.KeyFile, one.KeyPasswordFile));
        }

        return all;
    }

    private static TlsCertificateFiles Files(string[] hosts, string certificate, string key, string password) => new()
    {
        Hosts = hosts,
        CertificateFile = certificate,
        KeyFile = OrNull(key) ?? certificate,
        KeyPasswordFile = OrNull(password),
    };

    /// <summary>A whole response. It is built once, so it has no date: a wrong date would be worse.</summary>
    private static byte[] PlainHttpAnswer() => Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + $"Content-Length: {PlainHttpText.Length}\r\nX-Content-Type-Options: nosniff\r\n\r\n{PlainHttpText}");

    private static string? OrNull(string file) => file.Length > 0 ? file : null;
}
