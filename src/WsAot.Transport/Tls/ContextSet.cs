namespace WsAot.Transport.Tls;

/// <summary>The contexts of OpenSSL for a server's certificates, one for each. Either all of them are created, or none.</summary>
internal sealed unsafe class ContextSet
{
    private const int SessionIdContextBytes = 16;

    private readonly List<nint> _contexts = [];
    private readonly List<TlsCertificate> _certificates = [];

    /// <exception cref="TransportException">A file does not have the expected content.</exception>
    public ContextSet(TlsServerOptions options, CertificateContents contents, nint server)
    {
        // A ticket is valid only for the same ID, which changes with the certificates and authorities: then all clients are verified again.
        byte* sessionIdContext = stackalloc byte[SessionIdContextBytes];
        _ = OpenSsl.RandomBytes(sessionIdContext, SessionIdContextBytes);
        try
        {
            for (int i = 0; i < options.Certificates.Count; i++)
            {
                nint context = ContextFactory.Create(options, server);
                _contexts.Add(context);
                _ = OpenSsl.ContextSetSessionIdContext(context, sessionIdContext, SessionIdContextBytes);
                if (contents.ClientAuthorities is { } authorities) ClientAuthorities.Use(context, options, authorities);
                _certificates.Add(CertificatePair.Use(context, options.Certificates[i], contents.Pairs[i]));
            }
        }
        catch
        {
            Free();
            throw;
        }
    }

    public IReadOnlyList<TlsCertificate> Certificates => _certificates;

    public bool IsFreed => _contexts.Count == 0;

    public nint Default => _contexts[0];

    /// <summary>The context of the first certificate for a name; the default one if there is none.</summary>
    public nint Find(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _certificates.Count; i++)
        {
            foreach (string host in _certificates[i].Hosts)
            {
                if (HostPattern.Matches(host, name)) return _contexts[i];
            }
        }

        return Default;
    }

    public void Free()
    {
        foreach (nint context in _contexts) OpenSsl.ContextFree(context);
        _contexts.Clear();
    }
}
