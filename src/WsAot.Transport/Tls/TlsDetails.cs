namespace WsAot.Transport;

/// <summary>The result of a TLS handshake.</summary>
public sealed class TlsDetails
{
    internal TlsDetails()
    {
    }

    /// <summary>The version: <c>TLSv1.2</c> or <c>TLSv1.3</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>
    /// The name of the cipher suite (<c>TLS_AES_128_GCM_SHA256</c>), as the IANA writes it. On the sockets transport, a suite that no
    /// platform chooses by itself is a number (<c>0xC09D</c>).
    /// </summary>
    public required string CipherSuite { get; init; }

    /// <summary>The name that the client asked for (SNI); null if it asked for none.</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// Whether the handshake resumed an earlier session, with its ticket. On the sockets transport always false: <c>SslStream</c> does not
    /// report it.
    /// </summary>
    public bool IsResumed { get; init; }

    /// <summary>The client's certificate, which was verified; null if it has sent none.</summary>
    public TlsClientCertificate? ClientCertificate { get; init; }
}
