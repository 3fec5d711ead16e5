namespace WsAot.Nats.Connecting;

/// <summary>Advice when the server cannot connect to NATS, based on the error of the client or of NATS.</summary>
/// <param name="options">The options.</param>
internal sealed class ConnectAdvice(WsNatsOptions options)
{
    /// <returns>A sentence that begins with a space; empty if there is no advice.</returns>
    public string For(string? reason) => reason switch
    {
        null => "",
        _ when Has(reason, "authoriz") || Has(reason, "authentication expired") || Has(reason, "nkey") || Has(reason, "creds") =>
            " " + WhoIsThis(),
        _ when Has(reason, "remote certificate") => " " + WhoAreThey(),
        _ when Has(reason, "does not support TLS") => " If NATS does not use TLS, start the address in nats:url with nats://.",
        _ when IsClosed(reason) && options.CertificateFile.Length == 0 =>
            " If NATS requires client certificates, set nats:certificateFile and nats:keyFile.",
        _ when IsClosed(reason) => " If NATS rejects the client certificate, check nats:certificateFile and nats:keyFile.",
        _ => "",
    };

    // A TLS server that misses the client's certificate ends the connection, and each system reports that differently.
    private static bool IsClosed(string reason) => Has(reason, "alert") || Has(reason, "EOF") || Has(reason, "reset by peer")
        || Has(reason, "broken pipe") || Has(reason, "socket is closed") || Has(reason, "certificate required");

    private static bool Has(string reason, string words) => reason.Contains(words, StringComparison.OrdinalIgnoreCase);

    private string WhoIsThis()
    {
        if (options.CredentialsFile.Length > 0)
        {
            return $"The credentials in {options.CredentialsFile} (nats:credentialsFile) must be valid, for an account that NATS knows.";
        }

        if (options.SeedFile.Length > 0) return $"The seed in {options.SeedFile} (nats:seedFile) must belong to a key that NATS knows.";
        if (options.User.Length > 0) return "Check nats:user and nats:password.";
        return options.Token.Length > 0
            ? "Check nats:token."
            : "NATS requires authentication: set nats:user, nats:token, nats:seedFile or nats:credentialsFile.";
    }

    private string WhoAreThey() => options.CaFile.Length == 0
        ? "If your own authority has signed the certificate of NATS, set nats:caFile to the authority's certificate."
        : $"The authority in {options.CaFile} (nats:caFile) must have signed the certificate of NATS, for the host in nats:url.";
}
