namespace WsAot.Transport;

/// <summary>The files of one certificate.</summary>
public sealed class TlsCertificateFiles
{
    /// <summary>
    /// The names that it is for: <c>app.example.com</c>, or <c>*.example.com</c> for all names one level below. Empty: the names that the
    /// certificate itself has.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>A PEM file with the certificate, followed by those of the authorities between it and the root.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>A PEM file with the private key (EC or RSA). It may be the same file.</summary>
    public required string KeyFile { get; init; }

    /// <summary>A file with the password of an encrypted key; its line end does not count. Null: the key is not encrypted.</summary>
    public string? KeyPasswordFile { get; init; }
}
