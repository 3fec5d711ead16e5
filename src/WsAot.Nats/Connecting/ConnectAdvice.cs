namespace WsAot.Nats.Connecting;

/// <summary>What to change when NATS cannot be connected, by what the client or the server says.</summary>
/// <param name="options">The options.</param>
internal sealed class ConnectAdvice(WsNatsOptions options)
{
    /// <returns>A sentence that begins with a blank; empty if there is nothing to say.</returns>
    public string For(string? reason) => reason switch
    {
        null => "",
        _ when Has(reason, "authoriz") || Has(reason, "authentication expired") || Has(reason, "nkey") || Has(reason, "creds") =>
            " " + WhoIsThis(),
        _ when Has(reason, "remote certificate") => " " + WhoAreThey(),
        _ when Has(reason, "does not support TLS") => " Begin the address in nats:url with nats:// if NATS is to be without TLS.",
        _ when IsClosed(reason) && options.CertificateFile.Length == 0 =>
            " If NATS asks for a certificate of its clients, set nats:certificateFile and nats:keyFile.",
        _ when IsClosed(reason) => " If NATS refuses the certificate, see nats:certificateFile and nats:keyFile.",
        _ => "",
    };

    // What a TLS server does without a certificate of the client is to end the connection, and each system says that in its way.
    private static bool IsClosed(string reason) => Has(reason, "alert") || Has(reason, "EOF") || Has(reason, "reset by peer")
        || Has(reason, "broken pipe") || Has(reason, "socket is closed") || Has(reason, "certificate required");

    private static bool Has(string reason, string words) => reason.Contains(words, StringComparison.OrdinalIgnoreCase);

    private string WhoIsThis()
    {
        if (options.CredentialsFile.Length > 0)
        {
            return $"The credentials in {options.CredentialsFile} (nats:credentialsFile) must be valid, and of an account that NATS knows.";
        }

        if (options.SeedFile.Length > 0) return $"The seed in {options.SeedFile} (nats:seedFile) must be that of a key that NATS knows.";
        if (options.User.Length > 0) return "See nats:user and nats:password.";
        return options.Token.Length > 0
            ? "See nats:token."
            : "NATS lets nobody in without a name: set nats:user, nats:token, nats:seedFile or nats:credentialsFile.";
    }

    private string WhoAreThey() => options.CaFile.Length == 0
        ? "If an authority of your own has signed the certificate of NATS, name it in nats:caFile."
        : $"The authority in {options.CaFile} (nats:caFile) must have signed the certificate of NATS, for the host in nats:url.";
}
