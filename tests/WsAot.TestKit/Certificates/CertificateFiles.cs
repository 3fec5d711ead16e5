using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WsAot.TestKit.Certificates;

/// <summary>A certificate and its key, as PEM files and as .NET takes them.</summary>
/// <param name="CertificateFile">The certificate, and after it the intermediate's if there is one.</param>
/// <param name="KeyFile">PKCS #8; nobody but the owner may read it.</param>
/// <param name="Certificate">With its key. <see cref="TestCertificates"/> disposes it.</param>
public sealed record CertificateFiles(string CertificateFile, string KeyFile, X509Certificate2 Certificate)
{
    /// <summary>The options to start the server with.</summary>
    public IReadOnlyList<string> ServerOptions => ["--tls-certificate-file", CertificateFile, "--tls-key-file", KeyFile];

    /// <summary>SHA-256 of the public key, in Base64: Chromium's <c>--ignore-certificate-errors-spki-list</c> takes it.</summary>
    public string PublicKeyHash => Convert.ToBase64String(SHA256.HashData(Certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
