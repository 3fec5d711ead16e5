using WsAot.TestKit.Certificates;
using WsAot.Transport.InMemory;
using WsAot.Transport.SslStreams;

namespace WsAot.Transport.Tests.Tls;

/// <summary>What is read from the files of certificates, and what is said when it is wrong.</summary>
public class CertificateFilesTests : TlsWorldTest, IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly InMemoryTransport _transport = new();

    public CertificateFilesTests()
    {
        if (IsSslStream) _transport.PretendTls = SslStreamServer.Create;
    }

    public void Dispose()
    {
        _transport.Dispose();
        _certificates.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Names_and_dates_are_those_of_the_certificate()
    {
        CertificateFiles files = _certificates.Create();
        using TlsServer server = Open(files.CertificateFile, files.KeyFile);
        TlsCertificate certificate = Assert.Single(server.Certificates);
        Assert.Equal(files.CertificateFile, certificate.File);
        Assert.Equal(["localhost", "127.0.0.1", "::1"], certificate.Hosts);
        Assert.Equal(files.Certificate.NotBefore.ToUniversalTime(), certificate.NotBefore.UtcDateTime);
        Assert.Equal(files.Certificate.NotAfter.ToUniversalTime(), certificate.NotAfter.UtcDateTime);
        Assert.Null(certificate.ReadableKeyFile);
    }

    [Fact]
    public void A_key_that_everybody_may_read_is_named()
    {
        CertificateFiles files = _certificates.Create();
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(files.KeyFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        using TlsServer server = Open(files.CertificateFile, files.KeyFile);
        Assert.Equal(files.KeyFile, server.Certificates[0].ReadableKeyFile);
        string link = Path.Combine(_certificates.Folder, "link.key");
        File.CreateSymbolicLink(link, files.KeyFile);
        using TlsServer linked = Open(files.CertificateFile, link);
        Assert.Equal(link, linked.Certificates[0].ReadableKeyFile);
    }

    [Fact]
    public void An_encrypted_key_needs_its_password()
    {
        CertificateFiles files = _certificates.Create("secret", password: "pass word");
        string password = _certificates.Write("password", "pass word");
        string wrong = _certificates.Write("wrong", "other");
        Open(files.CertificateFile, files.KeyFile, password).Dispose();
        Assert.Equal(
            $"The TLS key '{files.KeyFile}' is encrypted; name a file with its password (--tls-key-password-file, keyPasswordFile).",
            Error(files.CertificateFile, files.KeyFile));
        Assert.StartsWith(
            $"The password in '{wrong}' is wrong for the TLS key '{files.KeyFile}' (",
            Error(files.CertificateFile, files.KeyFile, wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void RSA_and_chains_are_taken()
    {
        CertificateShape shape = CertificateShape.Server with { Key = KeyKind.Rsa2048, HasIntermediate = true };
        CertificateFiles files = _certificates.Create("chain", shape);
        Open(files.CertificateFile, files.KeyFile).Dispose();
        string both = _certificates.Write("both.pem", File.ReadAllText(files.KeyFile) + File.ReadAllText(files.CertificateFile));
        Open(both, both).Dispose();
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_said()
    {
        CertificateFiles one = _certificates.Create("one");
        CertificateFiles other = _certificates.Create("other");
        string empty = _certificates.Write("empty", "");
        string missing = Path.Combine(_certificates.Folder, "missing");
        Assert.StartsWith($"The TLS certificate '{missing}' cannot be read: ", Error(missing, one.KeyFile), StringComparison.Ordinal);
        Assert.StartsWith($"The TLS key '{missing}' cannot be read: ", Error(one.CertificateFile, missing), StringComparison.Ordinal);
        Assert.StartsWith(
            $"The TLS certificate '{_certificates.Folder}' cannot be read: ",
            Error(_certificates.Folder, one.KeyFile),
            StringComparison.Ordinal);
        Assert.Equal($"The TLS certificate '{empty}' holds no certificate (PEM).", Error(empty, one.KeyFile));
        Assert.Equal($"The TLS key '{empty}' holds no private key (PEM).", Error(one.CertificateFile, empty));
        string broken = _certificates.Write("broken", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Assert.StartsWith(
            $"The TLS key '{broken}' is broken, or of a kind that is not supported",
            Error(one.CertificateFile, broken),
            StringComparison.Ordinal);
        Assert.DoesNotContain("unsupported", Error(one.CertificateFile, broken), StringComparison.Ordinal);
        Assert.Equal(
            $"'{one.CertificateFile}' holds the certificate and no private key: name the key's file (--tls-key-file, keyFile).",
            Error(one.CertificateFile, one.CertificateFile));
        Assert.Equal(
            $"The TLS key '{other.KeyFile}' does not belong to the certificate '{one.CertificateFile}', which must come first in its file.",
            Error(one.CertificateFile, other.KeyFile));
    }

    [Fact]
    public void A_file_of_authorities_without_one_is_refused()
    {
        CertificateFiles files = _certificates.Create();
        string empty = _certificates.Write("empty", "");
        var options = new TlsServerOptions
        {
            Certificates = [new TlsCertificateFiles { CertificateFile = files.CertificateFile, KeyFile = files.KeyFile }],
            ClientCertificate = TlsClientCertificateMode.Required,
            ClientCaFile = empty,
        };
        Assert.Equal(
            $"The file of client authorities '{empty}' holds no certificate (PEM).",
            Assert.Throws<TransportException>(() => _transport.CreateTls(options)).Message);
    }

    private string Error(string certificate, string key, string? password = null) =>
        Assert.Throws<TransportException>(() => Open(certificate, key, password)).Message;

    private TlsServer Open(string certificate, string key, string? password = null) => _transport.CreateTls(new TlsServerOptions
    {
        Certificates = [new TlsCertificateFiles { CertificateFile = certificate, KeyFile = key, KeyPasswordFile = password }],
    });
}
