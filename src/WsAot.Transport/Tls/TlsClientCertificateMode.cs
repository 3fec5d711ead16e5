namespace WsAot.Transport;

/// <summary>Whether clients are asked for a certificate.</summary>
public enum TlsClientCertificateMode
{
    /// <summary>They are not asked.</summary>
    None,

    /// <summary>They are asked, and may have none. One that is wrong ends the handshake.</summary>
    Optional,

    /// <summary>Whoever has none does not get in.</summary>
    Required,
}
