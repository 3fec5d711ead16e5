using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WsAot.TestKit.Certificates;

/// <summary>
/// A CA and the certificates that it has signed, as PEM files in a temporary folder that is deleted on Dispose. One thread at a time.
/// </summary>
public sealed class TestCertificates : IDisposable
{
    private readonly List<X509Certificate2> _issued = [];
    private CertificateAuthority? _intermediate;

    /// <param name="time">The clock that dates are counted from; null: the system's.</param>
    public TestCertificates(TimeProvider? time = null)
    {
        Authority = new CertificateAuthority(time: time);
        AuthorityFile = Write("ca.pem", Authority.Certificate.ExportCertificatePem());
    }

    /// <summary>Only the owner may enter it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("wsaot-certificates-").FullName;

    public CertificateAuthority Authority { get; }

    /// <summary>The CA's certificate, for clients and servers that should trust it.</summary>
    public string AuthorityFile { get; }

    /// <summary>Makes a key and a certificate. Files of the same name are replaced, each by a rename.</summary>
    /// <param name="name">The files are <c>name.pem</c> and <c>name.key</c>.</param>
    /// <param name="shape">Null: <see cref="CertificateShape.Server"/>.</param>
    /// <param name="password">Encrypts the key; null: not encrypted.</param>
    public CertificateFiles Create(string name = "server", CertificateShape? shape = null, string? password = null)
    {
        shape ??= CertificateShape.Server;
        CertificateAuthority signer = shape.HasIntermediate ? _intermediate ??= Authority.CreateIntermediate() : Authority;
        X509Certificate2 certificate = signer.Issue(shape);
        _issued.Add(certificate);
        IEnumerable<string> chain = signer.Chain.Prepend(certificate).Select(static one => one.ExportCertificatePem());
        return new CertificateFiles(
            Write($"{name}.pem", string.Join('\n', chain)), Write($"{name}.key", KeyPem(certificate, password)), certificate);
    }

    /// <summary>Writes a file into the folder, or replaces it by a rename. Nobody but the owner may read it.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        string draft = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (StreamWriter writer = new(draft, options)) writer.WriteLine(text);
        File.Move(draft, path, overwrite: true);
        return path;
    }

    public void Dispose()
    {
        foreach (X509Certificate2 certificate in _issued) certificate.Dispose();
        _intermediate?.Dispose();
        Authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string KeyPem(X509Certificate2 certificate, string? password)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;
        if (password is null) return key.ExportPkcs8PrivateKeyPem();
        return key.ExportEncryptedPkcs8PrivateKeyPem(
            password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 2048));
    }
}
