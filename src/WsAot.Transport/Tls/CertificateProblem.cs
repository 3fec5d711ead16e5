namespace WsAot.Transport.Tls;

/// <summary>The messages about files that cannot be used.</summary>
internal static class CertificateProblem
{
    public static TransportException NoCertificate(string file) => new($"The TLS certificate '{file}' holds no certificate (PEM).");

    public static TransportException NoAuthority(string? file) =>
        new($"The file of client authorities '{file}' holds no certificate (PEM).");

    /// <param name="file">A file of certificates.</param>
    /// <param name="number">The first one that cannot be read, counted from 1.</param>
    public static TransportException Damaged(string file, int number) =>
        new($"Certificate {number} in '{file}' is damaged (PEM); nothing in this file is used.");

    public static TransportException OtherKey(TlsCertificateFiles files) => new(
        $"The TLS key '{files.KeyFile}' does not belong to the certificate '{files.CertificateFile}', which must come first in its file.");

    /// <param name="files">The names of the files.</param>
    /// <param name="contents">What they hold.</param>
    /// <param name="error">What the library reported when it read the key.</param>
    public static TransportException NoKey(TlsCertificateFiles files, CertificateContents.PairContents contents, string error)
    {
        if (!Has(contents.Key, "PRIVATE KEY-----"u8))
        {
            return new TransportException(files.KeyFile == files.CertificateFile
                ? $"'{files.KeyFile}' holds the certificate and no private key: name the key's file (--tls-key-file, keyFile)."
                : $"The TLS key '{files.KeyFile}' holds no private key (PEM).");
        }

        // OpenSSL reports "unsupported" for everything that it does not recognize, so leave this word out.
        string detail = error == "unsupported" ? "" : $" ({error})";
        return new TransportException((Has(contents.Key, "ENCRYPTED"u8), files.KeyPasswordFile) switch
        {
            (true, null) => $"The TLS key '{files.KeyFile}' is encrypted; name a file with its password "
                + "(--tls-key-password-file, keyPasswordFile).",
            (true, { } password) => $"The password in '{password}' is wrong for the TLS key '{files.KeyFile}'{detail}.",
            _ => $"The TLS key '{files.KeyFile}' is broken, or of a kind that is not supported{detail}.",
        });
    }

    private static bool Has(ReadOnlySpan<byte> pem, ReadOnlySpan<byte> words) => pem.IndexOf(words) >= 0;
}
