using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WsAot.TestKit.Certificates;

/// <summary>
/// Signs certificates, in memory. Its key is EC P-256. Serial numbers count from 1, so that from run to run, only the keys and times of
/// certificates differ. One thread at a time.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // Long, so that a certificate that is expired or not valid yet fails because of its own dates.
    private static readonly TimeSpan s_validity = TimeSpan.FromDays(3650);

    private readonly DateTimeOffset _now;
    private readonly CertificateAuthority? _signer;
    private long _serial;

    /// <param name="name">Its common name.</param>
    /// <param name="time">The clock that dates are counted from; null: the system's.</param>
    public CertificateAuthority(string name = "WsAot test CA", TimeProvider? time = null)
        : this(name, (time ?? TimeProvider.System).GetUtcNow(), signer: null)
    {
    }

    private CertificateAuthority(string name, DateTimeOffset now, CertificateAuthority? signer)
    {
        _now = now;
        _signer = signer;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(NameOf(name), key, HashAlgorithmName.SHA256);
        // RFC 5280 section 4.2.1.9: an intermediate signs no further CA.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, signer is not null, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (signer is null)
        {
            Certificate = request.CreateSelfSigned(now - s_validity, now + s_validity);
            return;
        }

        using X509Certificate2 signed = signer.Sign(request, -s_validity, s_validity);
        Certificate = signed.CopyWithPrivateKey(key);
    }

    /// <summary>Its own certificate, with the key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Another CA that this one has signed.</summary>
    public CertificateAuthority CreateIntermediate(string name = "WsAot test intermediate CA") => new(name, _now, this);

    /// <summary>Makes a key and a certificate for it.</summary>
    /// <returns>The certificate with its key. The caller disposes it.</returns>
    public X509Certificate2 Issue(CertificateShape shape) => shape.Key switch
    {
        KeyKind.EcP256 => IssueEc(shape),
        KeyKind.Rsa2048 => IssueRsa(shape),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    public void Dispose() => Certificate.Dispose();

    /// <summary>The certificates that a server or a client sends beside its own: all up to the CA, which the other side has.</summary>
    internal IEnumerable<X509Certificate2> Chain => _signer is null ? [] : [Certificate];

    private X509Certificate2 IssueEc(CertificateShape shape)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 signed = Issue(new CertificateRequest(NameOf(shape.CommonName), key, HashAlgorithmName.SHA256), shape);
        return signed.CopyWithPrivateKey(key);
    }

    private X509Certificate2 IssueRsa(CertificateShape shape)
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 signed = Issue(
            new CertificateRequest(NameOf(shape.CommonName), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), shape);
        return signed.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Issue(CertificateRequest request, CertificateShape shape)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        Oid purpose = new(shape.IsForClients ? ClientAuthentication : ServerAuthentication);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([purpose], critical: false));
        if (shape.Hosts.Count + shape.Emails.Count + shape.Uris.Count > 0) request.CertificateExtensions.Add(AlternativeNames(shape));
        return Sign(request, shape.BeginsIn, shape.EndsIn);
    }

    private X509Certificate2 Sign(CertificateRequest request, TimeSpan beginsIn, TimeSpan endsIn)
    {
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        byte[] serial = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(serial, ++_serial);
        // Use the signature generator: it lets an EC key sign the certificate of an RSA key.
        using ECDsa key = Certificate.GetECDsaPrivateKey()!;
        return request.Create(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), _now + beginsIn, _now + endsIn, serial);
    }

    private static X500DistinguishedName NameOf(string commonName)
    {
        X500DistinguishedNameBuilder builder = new();
        builder.AddCommonName(commonName);
        return builder.Build();
    }

    private static X509Extension AlternativeNames(CertificateShape shape)
    {
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in shape.Hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }

        foreach (string email in shape.Emails) names.AddEmailAddress(email);
        foreach (string uri in shape.Uris) names.AddUri(new Uri(uri));
        return names.Build();
    }
}
