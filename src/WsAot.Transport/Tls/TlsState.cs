namespace WsAot.Transport.Tls;

/// <summary>How far a TLS connection has come.</summary>
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
