namespace WsAot.TestKit.Tls;

/// <summary>The session ticket that a client keeps.</summary>
public sealed class TlsClientSession : IDisposable
{
    internal TlsClientSession(nint handle) => Handle = handle;

    internal nint Handle { get; }

    public void Dispose() => ClientLibrary.SSL_SESSION_free(Handle);
}
