using System.Text;
using WsAot.Transport;

namespace WsAot.Certificates;

/// <summary>What the options of a server say of TLS, as the transport takes it.</summary>
internal static class TlsSettings
{
    public const string MinVersion12 = "1.2";
    public const string MinVersion13 = "1.3";

    private const string PlainHttpText =
        "400 Bad Request: This port speaks TLS, and what came is plain HTTP. Ask for https://, or with a WebSocket for wss://.\n";

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

    /// <summary>A whole response. It is made once, so it has no date: a wrong one would be worse.</summary>
    private static byte[] PlainHttpAnswer() => Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + $"Content-Length: {PlainHttpText.Length}\r\nX-Content-Type-Options: nosniff\r\n\r\n{PlainHttpText}");

    private static string? OrNull(string file) => file.Length > 0 ? file : null;
}
