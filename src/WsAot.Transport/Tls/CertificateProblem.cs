namespace WsAot.Transport.Tls;

/// <summary>What is said about files that cannot be used.</summary>
internal static class CertificateProblem
{
    public static TransportException NoCertificate(string file) => new($"The TLS certificate '{file}' holds no certificate (PEM).");

    public static TransportException NoAuthority(string? file) =>
        new($"The file of client authorities '{file}' holds no certificate (PEM).");

    /// <param name="file">A file of certificates.</param>
    /// <param name="number">The first one that cannot be read, counted from 1.</param>
    public static TransportException Damaged(string file, int number) =>
        new($"Certificate {number} in '{file}' is damaged (PEM); none of the file is used.");

    public static TransportException OtherKey(TlsCertificateFiles files) => new(
        $"The TLS key '{files.KeyFile}' is not that of the certificate '{files.CertificateFile}', which must come first in its file.");

    /// <param name="files">The names of the files.</param>
    /// <param name="contents">What they hold.</param>
    /// <param name="error">What the library says that was to read the key.</param>
    public static TransportException NoKey(TlsCertificateFiles files, CertificateContents.PairContents contents, string error)
    {
        bool isEncrypted = contents.Key.AsSpan().IndexOf("ENCRYPTED"u8) >= 0;
        return new TransportException((isEncrypted, files.KeyPasswordFile) switch
        {
            (true, null) => $"The TLS key '{files.KeyFile}' is encrypted; name a file with its password.",
            (true, { } password) => $"The password in '{password}' is not that of the TLS key '{files.KeyFile}' ({error}).",
            _ => $"The TLS key '{files.KeyFile}' holds no private key (PEM): {error}.",
        });
    }
}
