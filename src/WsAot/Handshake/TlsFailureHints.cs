namespace WsAot.Handshake;

/// <summary>Finds the option behind a TLS failure, as far as the reason shows it.</summary>
internal static class TlsFailureHints
{
    /// <param name="reason">
    /// The transport's reason. Much of it comes from OpenSSL: "unsupported protocol", or "sslv3 alert certificate unknown", where the
    /// client sent the alert.
    /// </param>
    /// <returns>The option; null if none is known.</returns>
    public static string? OptionFor(string reason)
    {
        if (Has(reason, "plain HTTP")) return "--urls";
        if (Has(reason, "unsupported protocol") || Has(reason, "protocol version")) return "--tls-min-version";
        bool isAboutCertificate = Has(reason, "certificate") || Has(reason, "unknown ca");
        if (!isAboutCertificate) return null;
        // The client sends an alert if it does not trust our certificate.
        return Has(reason, "alert") ? "--tls-certificate-file" : "--tls-client-certificate and --tls-client-ca-file";
    }

    private static bool Has(string reason, string words) => reason.Contains(words, StringComparison.OrdinalIgnoreCase);
}
