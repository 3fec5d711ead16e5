using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <summary>A server's certificates for .NET. Either all of them are created, or none.</summary>
internal sealed class SslCertificateSet
{
    private static readonly List<SslApplicationProtocol> s_protocols = [SslApplicationProtocol.Http11];

    private readonly TlsServerOptions _options;
    private readonly X509Certificate2Collection? _authorities;
    private readonly List<SslStreamCertificateContext> _contexts = [];
    private readonly List<TlsCertificate> _certificates = [];

    /// <exception cref="TransportException">A file does not have the expected content.</exception>
    public SslCertificateSet(TlsServerOptions options, CertificateContents contents)
    {
        _options = options;
        SslCertificateTrust? trust = null;
        if (contents.ClientAuthorities is { } pem)
        {
            _authorities = PemPair.ReadCertificates(pem);
            if (_authorities.Count == 0) throw CertificateProblem.NoAuthority(options.ClientCaFile);
            // Clients choose a certificate by the names of the authorities. Windows cannot send those of a list.
            if (!OperatingSystem.IsWindows()) trust = SslCertificateTrust.CreateForX509Collection(_authorities, sendTrustInHandshake: true);
        }

        for (int i = 0; i < options.Certificates.Count; i++)
        {
            TlsCertificateFiles files = options.Certificates[i];
            (X509Certificate2 certificate, X509Certificate2Collection chain) = PemPair.Read(files, contents.Pairs[i]);
            // Offline: .NET must not download certificates that the file lacks.
            _contexts.Add(SslStreamCertificateContext.Create(certificate, chain, offline: true, trust));
            _certificates.Add(CertificateDescription.Create(
                files, CertificateFields.ReadHosts(certificate), certificate.NotBefore, certificate.NotAfter));
        }
    }

    public IReadOnlyList<TlsCertificate> Certificates => _certificates;

    /// <summary>The options of one handshake. The contexts are shared, so that sessions can be resumed.</summary>
    public SslServerAuthenticationOptions CreateOptions(string? name, RemoteCertificateValidationCallback verify)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Find(name),
            EnabledSslProtocols = _options.MinVersion == TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = s_protocols,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            AllowRenegotiation = false,
        };
        if (_authorities is null) return options;
        options.ClientCertificateRequired = true;
        options.RemoteCertificateValidationCallback = verify;
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        return options;
    }

    private SslStreamCertificateContext Find(string? name)
    {
        if (name is null) return _contexts[0];
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        int index = _certificates.FindIndex(certificate => certificate.Hosts.Any(host => HostPattern.Matches(host, bytes)));
        return _contexts[Math.Max(index, 0)];
    }
}
