namespace WsAot;

/// <summary>
/// One certificate of a server that has several: an element of <see cref="WsServerOptions.TlsCertificates"/>. The files are read when the
/// server starts, and again when they change.
/// </summary>
public sealed class WsTlsCertificate
{
    /// <summary>
    /// The host names that get this certificate: <c>app.example.com</c>, or <c>*.example.com</c> for all names one level below. Empty: the
    /// names in the certificate itself.
    /// </summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>A PEM file with the certificate, followed by those of the authorities between it and the root.</summary>
    public string CertificateFile { get; set => field = value ?? ""; } = "";

    /// <summary>A PEM file with the private key (EC or RSA). Default: the certificate's file.</summary>
    public string KeyFile { get; set => field = value ?? ""; } = "";

    /// <summary>
    /// A file with the password of an encrypted key; a line end after it is ignored. Default: none, the key is not encrypted.
    /// </summary>
    public string KeyPasswordFile { get; set => field = value ?? ""; } = "";

    /// <summary>A copy.</summary>
    internal WsTlsCertificate Clone()
    {
        var copy = new WsTlsCertificate { CertificateFile = CertificateFile, KeyFile = KeyFile, KeyPasswordFile = KeyPasswordFile };
        foreach (string host in Hosts) copy.Hosts.Add(host);
        return copy;
    }
}
