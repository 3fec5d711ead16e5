namespace WsAot.TestKit.Tls;

/// <summary>What a client remembers of a session: the ticket.</summary>
public sealed class TlsClientSession : IDisposable
{
    internal TlsClientSession(nint handle) => Handle = handle;

    internal nint Handle { get; }

    public void Dispose() => ClientLibrary.SSL_SESSION_free(Handle);
}
