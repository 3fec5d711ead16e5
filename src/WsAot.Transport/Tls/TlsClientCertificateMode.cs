namespace WsAot.Transport;

/// <summary>Whether clients are asked for a certificate.</summary>
public enum TlsClientCertificateMode
{
    /// <summary>Clients are not asked.</summary>
    None,

    /// <summary>Clients are asked for a certificate, but need not have one. An invalid one ends the handshake.</summary>
    Optional,

    /// <summary>A client without a certificate is refused.</summary>
    Required,
}
