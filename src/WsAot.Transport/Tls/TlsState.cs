namespace WsAot.Transport.Tls;

/// <summary>The state of a TLS connection.</summary>
internal enum TlsState : byte
{
    /// <summary>The client has sent nothing.</summary>
    New,

    Handshake,
    Established,

    /// <summary>Nothing can be decrypted or encrypted any more.</summary>
    Failed,

    Closed,
}
