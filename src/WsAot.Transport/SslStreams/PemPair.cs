using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <summary>Reads a certificate and its key from PEM (RFC 7468).</summary>
internal static class PemPair
{
    /// <exception cref="TransportException">The files do not hold a certificate and its key.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read(
        TlsCertificateFiles files, CertificateContents.PairContents contents)
    {
        X509Certificate2Collection chain = ReadCertificates(contents.Certificate);
        if (chain.Count == 0) throw CertificateProblem.NoCertificate(files.CertificateFile);
        using AsymmetricAlgorithm key = ReadKey(files, contents);
        try
        {
            X509Certificate2 certificate = key is RSA rsa ? chain[0].CopyWithPrivateKey(rsa) : chain[0].CopyWithPrivateKey((ECDsa)key);
            chain.RemoveAt(0);
            return (OperatingSystem.IsWindows() ? Store(certificate) : certificate, chain);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw CertificateProblem.OtherKey(files);
        }
    }

    /// <returns>Empty if there is none, or if one of them is broken.</returns>
    public static X509Certificate2Collection ReadCertificates(byte[] pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.Latin1.GetString(pem));
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }

        return certificates;
    }

    /// <summary>Windows can use only keys that it has stored.</summary>
    private static X509Certificate2 Store(X509Certificate2 certificate)
    {
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static AsymmetricAlgorithm ReadKey(TlsCertificateFiles files, CertificateContents.PairContents contents)
    {
        string pem = Encoding.Latin1.GetString(contents.Key);
        string? error = null;
        // The text does not say which kind of key it is.
        foreach (AsymmetricAlgorithm key in (AsymmetricAlgorithm[])[ECDsa.Create(), RSA.Create()])
        {
            try
            {
                if (files.KeyPasswordFile is null) key.ImportFromPem(pem);
                else ImportEncrypted(key, pem, contents.Password);
                return key;
            }
            catch (Exception exception) when (exception is ArgumentException or CryptographicException)
            {
                key.Dispose();
                error ??= exception.Message;
            }
        }

        throw CertificateProblem.NoKey(files, contents, error!.TrimEnd('.'));
    }

    private static void ImportEncrypted(AsymmetricAlgorithm key, string pem, ReadOnlySpan<byte> password)
    {
        // A password for a key that is not encrypted is ignored.
        if (pem.Contains("-BEGIN ENCRYPTED PRIVATE KEY-", StringComparison.Ordinal)) key.ImportFromEncryptedPem(pem, password);
        else key.ImportFromPem(pem);
    }
}
