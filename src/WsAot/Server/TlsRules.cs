using WsAot.Certificates;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>The options of TLS: their values, and what one of them needs of others.</summary>
internal static class TlsRules
{
    private const string Https = "https";

    public static bool Redirects(WsServerOptions options) => options.RedirectHttp.Equals(Https, StringComparison.OrdinalIgnoreCase);

    /// <summary>A sentence about the first value that is none of its option's; null if there is none.</summary>
    public static string? FindError(WsServerOptions options)
    {
        if (options.TlsMinVersion is not (TlsSettings.MinVersion12 or TlsSettings.MinVersion13))
        {
            return $"TlsMinVersion must be 1.2 or 1.3, not {options.TlsMinVersion}.";
        }

        if (!Enum.IsDefined(options.TlsClientCertificate))
        {
            return $"TlsClientCertificate must be none, optional or required, not {options.TlsClientCertificate}.";
        }

        return options.RedirectHttp.Length == 0 || Redirects(options)
            ? null
            : $"RedirectHttp must be https or empty, not {options.RedirectHttp}.";
    }

    /// <summary>A sentence about the first option that needs another one; null if there is none.</summary>
    public static string? FindError(WsServerOptions options, IReadOnlyList<ListenAddress> addresses)
    {
        ListenAddress? secure = ListenAddress.Find(addresses, isSecure: true);
        bool asksClients = options.TlsClientCertificate != TlsClientCertificateMode.None;
        if (options.TlsCertificateFile.Length == 0)
        {
            if (options.TlsKeyFile.Length > 0) return Needs(nameof(options.TlsKeyFile), nameof(options.TlsCertificateFile));
            if (options.TlsKeyPasswordFile.Length > 0) return Needs(nameof(options.TlsKeyPasswordFile), nameof(options.TlsCertificateFile));
        }

        if (secure is not null && !TlsSettings.HasCertificate(options))
        {
            return $"Urls: '{secure}' needs a certificate: TlsCertificateFile "
                + "(--tls-certificate-file FILE), or the section tls:certificates.";
        }

        if (asksClients && options.TlsClientCaFile.Length == 0)
        {
            return Needs(nameof(options.TlsClientCertificate), nameof(options.TlsClientCaFile));
        }

        if (!asksClients && options.TlsClientCaFile.Length > 0)
        {
            return "TlsClientCaFile needs TlsClientCertificate to be optional or required: without it, no client is asked.";
        }

        bool hasBoth = secure is not null && ListenAddress.Find(addresses, isSecure: false) is not null;
        return Redirects(options) && !hasBoth
            ? $"RedirectHttp needs two addresses in Urls, a ws:// that is redirected and a wss:// where it leads, not '{options.Urls}'."
            : FindErrorInCertificates(options.TlsCertificates);
    }

    private static string? FindErrorInCertificates(IList<WsTlsCertificate> certificates)
    {
        for (int i = 0; i < certificates.Count; i++)
        {
            if (certificates[i].CertificateFile.Length == 0) return $"tls:certificates:{i} needs a certificateFile.";
            foreach (string host in certificates[i].Hosts)
            {
                if (IsHost(host)) continue;
                return $"tls:certificates:{i}:hosts: '{host}' is not a host such as app.example.com or *.example.com. "
                    + "Write it in ASCII (xn--...).";
            }
        }

        return null;
    }

    private static string Needs(string option, string other) => $"{option} needs {other}, which is not set.";

    /// <summary>Whether a client can ask for a name by SNI, which has neither a port nor an address (RFC 6066 section 3).</summary>
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
