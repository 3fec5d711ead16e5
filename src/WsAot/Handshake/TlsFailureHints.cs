namespace WsAot.Handshake;

/// <summary>Which option decides that TLS with a client has failed, as far as the reason shows it.</summary>
internal static class TlsFailureHints
{
    /// <param name="reason">
    /// What the transport says. Much of it is OpenSSL's: "unsupported protocol", or "sslv3 alert certificate unknown", where the alert is
    /// the client's.
    /// </param>
    /// <returns>Null if no option is known to decide it.</returns>
    public static string? OptionFor(string reason)
    {
        if (Has(reason, "plain HTTP")) return "--urls";
        if (Has(reason, "unsupported protocol") || Has(reason, "protocol version")) return "--tls-min-version";
        bool isAboutCertificate = Has(reason, "certificate") || Has(reason, "unknown ca");
        if (!isAboutCertificate) return null;
        // An alert comes from the client, which does not trust ours.
        return Has(reason, "alert") ? "--tls-certificate-file" : "--tls-client-certificate and --tls-client-ca-file";
    }

    private static bool Has(string reason, string words) => reason.Contains(words, StringComparison.OrdinalIgnoreCase);
}
