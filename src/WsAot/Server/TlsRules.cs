using System.Net;
using System.Text;
using WsAot.Certificates;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>Checks the options of TLS, and the options that they need.</summary>
internal static class TlsRules
{
    private const string Https = "https";

    private const string CertificateFile = "TlsCertificateFile (--tls-certificate-file)";
    private const string KeyFile = "TlsKeyFile (--tls-key-file)";
    private const string KeyPasswordFile = "TlsKeyPasswordFile (--tls-key-password-file)";
    private const string ClientCertificate = "TlsClientCertificate (--tls-client-certificate)";
    private const string ClientCaFile = "TlsClientCaFile (--tls-client-ca-file)";
    private const string RedirectHttp = "RedirectHttp (--redirect-http)";

    public static bool Redirects(WsServerOptions options) => options.RedirectHttp.Equals(Https, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether this address lets clients in without the certificate that the other addresses require. An address that only this machine
    /// reaches does not count: there it is intended.
    /// </summary>
    public static bool AsksNobody(WsServerOptions options, ListenAddress address) =>
        options.TlsClientCertificate == TlsClientCertificateMode.Required
        && !address.IsSecure && !Redirects(options) && !address.IsLocal;

    /// <summary>Adds values that their option does not allow.</summary>
    public static void Check(WsServerOptions options, OptionErrors errors)
    {
        if (options.TlsMinVersion is not (TlsSettings.MinVersion12 or TlsSettings.MinVersion13))
        {
            errors.Add($"TlsMinVersion (--tls-min-version) must be 1.2 or 1.3, not {options.TlsMinVersion}.");
        }

        if (options.TlsClientCertificate is < TlsClientCertificateMode.None or > TlsClientCertificateMode.Required)
        {
            errors.Add($"{ClientCertificate} must be none, optional or required, not {options.TlsClientCertificate}.");
        }

        if (options.RedirectHttp.Length == 0 || Redirects(options)) return;
        errors.Add($"{RedirectHttp} must be https or empty, not {options.RedirectHttp}.");
    }

    /// <summary>Adds options that need another one.</summary>
    /// <param name="options">The options.</param>
    /// <param name="addresses">The addresses; null if they are invalid.</param>
    /// <param name="errors">Collects the errors.</param>
    public static void Check(WsServerOptions options, IReadOnlyList<ListenAddress>? addresses, OptionErrors errors)
    {
        ListenAddress? secure = addresses is null ? null : ListenAddress.Find(addresses, isSecure: true);
        bool asksClients = options.TlsClientCertificate != TlsClientCertificateMode.None;
        if (options.TlsCertificateFile.Length == 0)
        {
            if (options.TlsKeyFile.Length > 0) errors.Add(Needs(KeyFile, CertificateFile));
            if (options.TlsKeyPasswordFile.Length > 0) errors.Add(Needs(KeyPasswordFile, CertificateFile));
        }

        if (secure is not null && !TlsSettings.HasCertificate(options))
        {
            errors.Add($"Urls: '{secure}' needs a certificate: TlsCertificateFile "
                + "(--tls-certificate-file FILE), or the section tls:certificates.");
        }

        if (asksClients && options.TlsClientCaFile.Length == 0) errors.Add(Needs(ClientCertificate, ClientCaFile));
        if (!asksClients && options.TlsClientCaFile.Length > 0)
        {
            errors.Add($"{ClientCaFile} needs {ClientCertificate} to be optional or required: otherwise clients are asked for none.");
        }

        bool lacksOne = addresses is not null
            && (secure is not { EndPoint: IPEndPoint } || ListenAddress.Find(addresses, isSecure: false) is null);
        if (Redirects(options) && lacksOne)
        {
            errors.Add($"{RedirectHttp} needs two addresses in Urls (--urls), a ws:// to redirect from and a wss:// to redirect to, "
                + $"not '{options.Urls}'.");
        }

        CheckCertificates(options.TlsCertificates, errors);
    }

    /// <summary>The error if clients should be asked for a certificate and no address asks; null if there is none.</summary>
    public static string? FindUnasked(WsServerOptions options, IReadOnlyList<ListenAddress> addresses)
    {
        bool asksClients = options.TlsClientCertificate != TlsClientCertificateMode.None;
        return asksClients && ListenAddress.Find(addresses, isSecure: true) is null
            ? $"{ClientCertificate} needs a wss:// address in Urls (--urls), not '{options.Urls}': ws:// asks for no certificate."
            : null;
    }

    private static void CheckCertificates(IList<WsTlsCertificate> certificates, OptionErrors errors)
    {
        for (int i = 0; i < certificates.Count; i++)
        {
            if (certificates[i].CertificateFile.Length == 0) errors.Add($"tls:certificates:{i} needs a certificateFile.");
            foreach (string? host in certificates[i].Hosts)
            {
                // An entry read from a file can be null. Its reader has reported that.
                if (host is null || IsHost(host)) continue;
                errors.Add($"tls:certificates:{i}:hosts: '{host}' is not a host such as app.example.com or *.example.com."
                    + AdviceFor(host));
            }
        }
    }

    private static string AdviceFor(string host)
    {
        if (host == "*") return " Leave hosts out to use the names in the certificate.";
        return Ascii.IsValid(host) ? "" : " Write it in ASCII (xn--...).";
    }

    private static string Needs(string option, string other) => $"{option} needs {other}, which is not set.";

    /// <summary>Whether a client can ask for the name by SNI, which has neither a port nor an address (RFC 6066 section 3).</summary>
    private static bool IsHost(string host)
    {
        ReadOnlySpan<char> name = host.StartsWith("*.", StringComparison.Ordinal) ? host.AsSpan(2) : host;
        if (name.IsEmpty || name[0] == '.' || name.Contains("..", StringComparison.Ordinal)) return false;
        foreach (char one in name)
        {
            if (!char.IsAsciiLetterOrDigit(one) && one is not ('-' or '.' or '_')) return false;
        }

        return true;
    }
}
