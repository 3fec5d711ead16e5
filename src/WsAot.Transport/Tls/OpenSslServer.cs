using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>
/// A server's certificates in OpenSSL. Loops ask it for sessions; another thread may replace the certificates at the same time.
/// </summary>
internal sealed class OpenSslServer : TlsServer
{
    private readonly Lock _swapping = new();
    private TlsServerOptions _options;
    private readonly GCHandle _self;
    private CertificateContents _tried;
    private ContextSet _contexts;

    private OpenSslServer(TlsServerOptions options)
    {
        _options = options;
        _tried = CertificateContents.Read(options);
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        try
        {
            _contexts = new ContextSet(options, _tried, GCHandle.ToIntPtr(_self));
        }
        catch
        {
            _self.Free();
            throw;
        }
    }

    /// <summary>Loads OpenSSL and reads the files.</summary>
    /// <exception cref="TransportException">This file or this machine has no OpenSSL, or a file cannot be used.</exception>
    public static OpenSslServer Create(TlsServerOptions options)
    {
        Load();
        return new OpenSslServer(options);
    }

    /// <summary>Loads OpenSSL.</summary>
    /// <exception cref="TransportException">This file or this machine has no OpenSSL.</exception>
    public static void Load()
    {
        const string LeftOut = "TLS was left out of this build: publish with -p:WsAotTls=true, or static for a static file.";
        if (!TransportFeatures.IsTlsSupported) throw new TransportException(LeftOut);
        OpenSslLibrary.Load();
    }

    public override IReadOnlyList<TlsCertificate> Certificates => Volatile.Read(ref _contexts).Certificates;

    /// <summary>The clock for client certificates of resumed sessions; for new sessions, OpenSSL uses its own.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    public int MaxHandshakesPerLoop => _options.MaxHandshakesPerLoop;

    public ReadOnlyMemory<byte> PlainHttpAnswer => _options.PlainHttpAnswer;

    /// <summary>Creates the session of a new connection. Any thread.</summary>
    /// <param name="bio">What it reads from and writes to.</param>
    public nint CreateSession(nint bio)
    {
        nint ssl;
        lock (_swapping) ssl = _contexts.IsFreed ? 0 : OpenSsl.New(_contexts.Default);
        if (ssl == 0) throw new InvalidOperationException($"OpenSSL cannot create a session: {OpenSslLibrary.TakeError()}.");
        OpenSsl.BioUpRef(bio);
        OpenSsl.SetBio(ssl, bio, bio);
        OpenSsl.SetAcceptState(ssl);
        return ssl;
    }

    /// <summary>Gives a session the certificate for the name that its client asks for. Any thread.</summary>
    public void ChooseCertificate(nint ssl, ReadOnlySpan<byte> name)
    {
        lock (_swapping)
        {
            if (_contexts.IsFreed) return;
            nint context = _contexts.Find(name);
            if (context != _contexts.Default) _ = OpenSsl.SetContext(ssl, context);
        }
    }

    public override bool Reload(TlsServerOptions? options = null)
    {
        CertificateContents contents = CertificateContents.Read(options ?? _options);
        if (options is null)
        {
            if (contents.Equals(_tried)) return false;
            _tried = contents;
        }

        var contexts = new ContextSet(options ?? _options, contents, GCHandle.ToIntPtr(_self));
        (_options, _tried) = (options ?? _options, contents);
        ContextSet former;
        lock (_swapping)
        {
            former = _contexts;
            _contexts = contexts;
        }

        // Open sessions keep what they need of it.
        former.Free();
        return true;
    }

    public override void Dispose()
    {
        lock (_swapping)
        {
            // The handle stays: sessions of a blocked loop may still ask for a certificate.
            _contexts.Free();
        }
    }
}
