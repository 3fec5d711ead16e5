namespace WsAot.Transport;

/// <summary>The certificate of a client. The handshake has verified it against the authorities of the server.</summary>
public sealed class TlsClientCertificate
{
    internal TlsClientCertificate()
    {
    }

    /// <summary>The subject as RFC 2253 writes it: <c>CN=device-7,O=Example</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The issuer, written like the subject.</summary>
    public required string Issuer { get; init; }

    /// <summary>
    /// The alternative names (RFC 5280 section 4.2.1.6) with their kinds, in their order: <c>DNS:device-7.example.com</c>,
    /// <c>IP:192.0.2.7</c>, <c>email:a@example.com</c>, <c>URI:spiffe://example.com/device-7</c>. Other kinds are left out.
    /// </summary>
    public required IReadOnlyList<string> SubjectAlternativeNames { get; init; }

    /// <summary>The SHA-256 of the certificate: 64 lower-case hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The last moment at which it is valid.</summary>
    public DateTimeOffset NotAfter { get; init; }

    /// <summary>The certificate itself (DER).</summary>
    public ReadOnlyMemory<byte> RawData { get; init; }
}
