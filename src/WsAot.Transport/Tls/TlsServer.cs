namespace WsAot.Transport;

/// <summary>
/// The certificates of a server and what belongs to them: what a listener needs to speak TLS. Create it with
/// <see cref="ServerTransport.CreateTls"/>, give it to listeners of that transport, and dispose it after the transport.
/// </summary>
public abstract class TlsServer : IDisposable
{
    private protected TlsServer()
    {
    }

    /// <summary>The certificates that new connections get, the default one first. Any thread.</summary>
    public abstract IReadOnlyList<TlsCertificate> Certificates { get; }

    /// <summary>
    /// Reads all files again. If they have changed, connections that begin from now on get the new certificates, and older session tickets
    /// are worth nothing; open connections go on. All or nothing: if one of the new files is no good, everything stays as it was, and the
    /// same files are not tried again. One thread at a time; it reads files and checks keys, so not a loop.
    /// </summary>
    /// <param name="options">
    /// Other options than those it was created with, which count from now on; null: the same. <see
    /// cref="TlsServerOptions.MaxHandshakesPerLoop"/> is that of the start.
    /// </param>
    /// <returns>Whether something has changed.</returns>
    /// <exception cref="TransportException">The files have changed and cannot be used; the message says why.</exception>
    public abstract bool Reload(TlsServerOptions? options = null);

    /// <inheritdoc/>
    public abstract void Dispose();
}
