namespace WsAot.Transport;

/// <summary>
/// The certificates and TLS options of a server, for its listeners. Create it with <see cref="ServerTransport.CreateTls"/>, give it to
/// listeners of that transport, and dispose it after the transport.
/// </summary>
public abstract class TlsServer : IDisposable
{
    private protected TlsServer()
    {
    }

    /// <summary>The certificates that new connections get, the default one first. Any thread.</summary>
    public abstract IReadOnlyList<TlsCertificate> Certificates { get; }

    /// <summary>
    /// Reads all files again. If they have changed, new connections get the new certificates, and older session tickets become invalid;
    /// open connections continue. If one of the new files cannot be used, everything stays as it was, and the same files are not tried
    /// again. Call it from one thread at a time, and not from a loop, because it reads files and checks keys.
    /// </summary>
    /// <param name="options">
    /// New options, which replace the current ones; null: no change. <see cref="TlsServerOptions.MaxHandshakesPerLoop"/> cannot change.
    /// </param>
    /// <returns>Whether something has changed.</returns>
    /// <exception cref="TransportException">The files have changed and cannot be used; the message says why.</exception>
    public abstract bool Reload(TlsServerOptions? options = null);

    /// <inheritdoc/>
    public abstract void Dispose();
}
