namespace WsAot.Transport;

/// <summary>Whether clients are asked for a certificate.</summary>
public enum TlsClientCertificateMode
{
    /// <summary>Clients are not asked.</summary>
    None,

    /// <summary>Clients are asked, and may come without one. A wrong one ends the handshake.</summary>
    Optional,

    /// <summary>A client without a certificate is refused.</summary>
    Required,
}
