using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WsAot.TestKit.Certificates;

namespace WsAot.TestKit.Tests.Certificates;

public sealed class TestCertificatesTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        Assert.False(Directory.Exists(_certificates.Folder));
    }

    [Theory]
    [InlineData(KeyKind.EcP256)]
    [InlineData(KeyKind.Rsa2048)]
    public void The_files_are_pem_that_fits_together(KeyKind key)
    {
        CertificateFiles files = _certificates.Create(shape: new CertificateShape { Key = key });
        using X509Certificate2 read = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
        Assert.Equal((files.Certificate.Thumbprint, true), (read.Thumbprint, read.HasPrivateKey));
        Assert.Equal(["--tls-certificate-file", files.CertificateFile, "--tls-key-file", files.KeyFile], files.ServerOptions);
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(_certificates.AuthorityFile);
        Assert.Equal(authority.Subject, read.Issuer);
        Assert.Equal(32, Convert.FromBase64String(files.PublicKeyHash).Length);
    }

    [Fact]
    public void An_encrypted_key_is_read_with_its_password_alone()
    {
        CertificateFiles files = _certificates.Create("locked", password: "open sesame");
        Assert.Contains("BEGIN ENCRYPTED PRIVATE KEY", File.ReadAllText(files.KeyFile), StringComparison.Ordinal);
        X509Certificate2.CreateFromEncryptedPemFile(files.CertificateFile, "open sesame", files.KeyFile).Dispose();
        Assert.ThrowsAny<CryptographicException>(
            () => X509Certificate2.CreateFromEncryptedPemFile(files.CertificateFile, "open", files.KeyFile));
    }

    [Fact]
    public void The_intermediate_is_the_second_in_the_file()
    {
        CertificateFiles files = _certificates.Create(shape: new CertificateShape { HasIntermediate = true });
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(files.CertificateFile);
        Assert.Equal(["CN=WsAot test server", "CN=WsAot test intermediate CA"], chain.Select(static one => one.Subject));
    }

    [Fact]
    public void A_file_is_replaced_whole_and_nobody_else_may_read_it()
    {
        CertificateFiles first = _certificates.Create();
        using FileStream old = File.OpenRead(first.KeyFile);
        CertificateFiles second = _certificates.Create();
        Assert.Equal(first.KeyFile, second.KeyFile);
        Assert.NotEqual(first.PublicKeyHash, second.PublicKeyHash);
        X509Certificate2.CreateFromPemFile(second.CertificateFile, second.KeyFile).Dispose();
        // Who has the old file open reads the old key on.
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(new StreamReader(old).ReadToEnd());
        Assert.Equal(first.Certificate.PublicKey.ExportSubjectPublicKeyInfo(), key.ExportSubjectPublicKeyInfo());
        Assert.Equal(3, Directory.GetFiles(_certificates.Folder).Length);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(second.KeyFile));
    }
}
