using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;
using WsAot.Transport.InMemory;

namespace WsAot.Transport.Tests.Tls;

/// <summary>Files of certificates that are whole in part: all or nothing.</summary>
public sealed class DamagedFilesTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly InMemoryTransport _transport = new();

    public void Dispose()
    {
        _transport.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public void A_damaged_certificate_behind_good_ones_is_refused()
    {
        CertificateFiles files = _certificates.Create("chain", CertificateShape.Server with { HasIntermediate = true });
        string text = File.ReadAllText(files.CertificateFile);
        string damaged = _certificates.Write("damaged.pem", text[..text.LastIndexOf("MI", StringComparison.Ordinal)] + "#" + text[^200..]);
        Assert.Equal($"Certificate 2 in '{damaged}' is damaged (PEM); nothing in this file is used.", Error(damaged, files.KeyFile, null));
        // A half-written file.
        string half = _certificates.Write("half.pem", text[..(text.Length - 100)]);
        Assert.Equal($"Certificate 2 in '{half}' is damaged (PEM); nothing in this file is used.", Error(half, files.KeyFile, null));
        Assert.Equal(
            $"Certificate 2 in '{damaged}' is damaged (PEM); nothing in this file is used.",
            Error(files.CertificateFile, files.KeyFile, damaged));
    }

    [Fact]
    public void The_password_is_the_first_line()
    {
        CertificateFiles files = _certificates.Create("secret", password: "pass word");
        foreach (string text in (string[])["pass word", "pass word\r\n", "pass word\nsecond line\n"])
        {
            Open(files.CertificateFile, files.KeyFile, null, _certificates.Write("password", text)).Dispose();
        }
    }

    [Fact]
    public void Clients_get_the_chain_of_the_file_and_no_authority_of_clients()
    {
        using var world = new TlsWorld(static (world, files) => new TlsServerOptions
        {
            Certificates = [files],
            ClientCertificate = TlsClientCertificateMode.Optional,
            ClientCaFile = world.Certificates.AuthorityFile,
        });
        TlsWorldClient client = world.Connect(new TlsClientOptions { MaxVersion = 0x0303 });
        Assert.Equal(1, client.Client.ServerChainLength);
    }

    private string Error(string certificate, string key, string? authorities) =>
        Assert.Throws<TransportException>(() => Open(certificate, key, authorities, null)).Message;

    private TlsServer Open(string certificate, string key, string? authorities, string? password) =>
        _transport.CreateTls(new TlsServerOptions
        {
            Certificates = [new TlsCertificateFiles { CertificateFile = certificate, KeyFile = key, KeyPasswordFile = password }],
            ClientCertificate = authorities is null ? TlsClientCertificateMode.None : TlsClientCertificateMode.Optional,
            ClientCaFile = authorities,
        });
}
