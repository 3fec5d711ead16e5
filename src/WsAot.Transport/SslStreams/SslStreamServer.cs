using System.Net.Security;
using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <summary>
/// A server's certificates for <see cref="SslStream"/>. Loops ask it for options; another thread may replace the certificates at the same
/// time.
/// </summary>
internal sealed class SslStreamServer : TlsServer
{
    private TlsServerOptions _options;
    private CertificateContents _tried;
    private SslCertificateSet _certificates;

    private SslStreamServer(TlsServerOptions options)
    {
        _options = options;
        _tried = CertificateContents.Read(options);
        _certificates = new SslCertificateSet(options, _tried);
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="TransportException">This machine has no OpenSSL, or a file cannot be used.</exception>
    public static SslStreamServer Create(TlsServerOptions options)
    {
        // On Linux, .NET uses OpenSSL too, and ends the process if it is missing.
        if (OperatingSystem.IsLinux()) OpenSslLibrary.Load();
        return new SslStreamServer(options);
    }

    public override IReadOnlyList<TlsCertificate> Certificates => Volatile.Read(ref _certificates).Certificates;

    public int MaxHandshakesPerLoop => _options.MaxHandshakesPerLoop;

    public ReadOnlyMemory<byte> PlainHttpAnswer => _options.PlainHttpAnswer;

    public bool RequiresClientCertificate => _options.ClientCertificate == TlsClientCertificateMode.Required;

    /// <summary>The options of one handshake. Any thread.</summary>
    /// <param name="name">The name that its client asks for.</param>
    /// <param name="verify">Called with the certificate of the client, if clients are asked for one.</param>
    public SslServerAuthenticationOptions CreateOptions(string? name, RemoteCertificateValidationCallback verify) =>
        Volatile.Read(ref _certificates).CreateOptions(name, verify);

    public override bool Reload(TlsServerOptions? options = null)
    {
        CertificateContents contents = CertificateContents.Read(options ?? _options);
        if (options is null)
        {
            if (contents.Equals(_tried)) return false;
            _tried = contents;
        }

        var certificates = new SslCertificateSet(options ?? _options, contents);
        (_options, _tried) = (options ?? _options, contents);
        // The garbage collector frees the old ones: handshakes that have just begun may still need them.
        Volatile.Write(ref _certificates, certificates);
        return true;
    }

    public override void Dispose()
    {
        // The garbage collector closes the handles of the certificates.
    }
}
