namespace WsAot.Transport;

/// <summary>The TLS options of a server.</summary>
public sealed class TlsServerOptions
{
    /// <summary>
    /// The certificates, at least one. A client gets the first one whose hosts match the name that it asks for (SNI, RFC 6066 section 3),
    /// and the first of all if none matches or it asks for no name.
    /// </summary>
    public required IReadOnlyList<TlsCertificateFiles> Certificates { get; init; }

    /// <summary>The oldest version of TLS that is accepted. Default: 1.2.</summary>
    public TlsVersion MinVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>Whether clients are asked for a certificate. Default: none.</summary>
    public TlsClientCertificateMode ClientCertificate { get; init; } = TlsClientCertificateMode.None;

    /// <summary>
    /// A PEM file with the authorities whose client certificates are accepted. Needed unless <see cref="ClientCertificate"/> is none.
    /// </summary>
    public string? ClientCaFile { get; init; }

    /// <summary>
    /// The handshakes that may be in progress on one loop at a time, 1 or more. The input of further clients stays unread until one has
    /// ended. Default: 1,024.
    /// </summary>
    public int MaxHandshakesPerLoop { get; init; } = 1024;

    /// <summary>The answer to a client that speaks plain HTTP on a TLS port: a whole response, unencrypted. Empty: no answer.</summary>
    public ReadOnlyMemory<byte> PlainHttpAnswer { get; init; }
}
