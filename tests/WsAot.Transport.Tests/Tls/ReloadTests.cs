using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;

namespace WsAot.Transport.Tests.Tls;

/// <summary>Certificates that are replaced while the server runs.</summary>
public class ReloadTests : TlsWorldTest
{
    [Fact]
    public void New_connections_get_the_new_certificate_and_open_ones_go_on()
    {
        using var world = CreateWorld();
        TlsWorldClient early = world.Connect();
        TlsWorldClient halfway = world.Open();
        halfway.Client.Connect();
        halfway.Exchange();
        Assert.False(world.Tls.Reload());
        world.Create("server", CertificateShape.For("new.example"));
        Assert.True(world.Tls.Reload());
        Assert.Equal(["new.example"], world.Tls.Certificates[0].Hosts);
        Assert.Equal([1], early.Ask([1]));
        halfway.Shake();
        Assert.Equal([2], halfway.Ask([2]));
        using var shown = world.Connect().Client.GetServerCertificate();
        Assert.Equal(File.ReadAllText(world.Tls.Certificates[0].File).Trim(), shown.ExportCertificatePem());
        Assert.False(world.Tls.Reload());
    }

    [Theory]
    [InlineData("server.key", "no key", "holds no private key")]
    [InlineData("server.pem", "no certificate", "holds no certificate")]
    public void A_bad_new_file_keeps_the_old_ones_and_is_told_once(string file, string text, string error)
    {
        using var world = CreateWorld();
        world.Certificates.Write(file, text);
        Assert.Contains(error, Assert.Throws<TransportException>(() => world.Tls.Reload()).Message, StringComparison.Ordinal);
        Assert.False(world.Tls.Reload());
        Assert.Equal([1], world.Connect().Ask([1]));
        Assert.Contains("localhost", world.Tls.Certificates[0].Hosts);
        world.Create("server", CertificateShape.For("mended.example"));
        Assert.True(world.Tls.Reload());
        Assert.Equal([1], world.Connect().Ask([1]));
    }

    [Fact]
    public void A_certificate_that_came_before_its_key_waits_for_it()
    {
        using var world = CreateWorld();
        CertificateFiles next = world.Certificates.Create("next", CertificateShape.For("next.example"));
        File.Copy(next.CertificateFile, Path.Combine(world.Certificates.Folder, "server.pem"), overwrite: true);
        string problem = Assert.Throws<TransportException>(() => world.Tls.Reload()).Message;
        Assert.Contains("does not belong to the certificate", problem, StringComparison.Ordinal);
        Assert.Equal([1], world.Connect().Ask([1]));
        File.Copy(next.KeyFile, Path.Combine(world.Certificates.Folder, "server.key"), overwrite: true);
        Assert.True(world.Tls.Reload());
        Assert.Equal(["next.example"], world.Tls.Certificates[0].Hosts);
    }

    [Fact]
    public void A_missing_file_keeps_the_old_ones()
    {
        using var world = CreateWorld();
        File.Delete(Path.Combine(world.Certificates.Folder, "server.key"));
        Assert.Throws<TransportException>(() => world.Tls.Reload());
        Assert.Equal([1], world.Connect().Ask([1]));
    }

    [Fact]
    public void Tickets_end_with_the_certificates()
    {
        using var world = CreateWorld();
        TlsWorldClient first = world.Connect();
        first.Ask([1]);
        using TlsClientSession session = first.Client.GetSession();
        world.Create("server");
        Assert.True(world.Tls.Reload());
        TlsWorldClient second = world.Connect(new TlsClientOptions { Session = session });
        Assert.Equal([2], second.Ask([2]));
        Assert.False(second.Client.IsResumed);
    }

    [Fact]
    public void A_ticket_does_not_outlive_the_authority_of_its_client()
    {
        using var world = CreateWorld((world, files) => new TlsServerOptions
        {
            Certificates = [files],
            ClientCertificate = TlsClientCertificateMode.Required,
            ClientCaFile = world.Certificates.Write("clients.pem", File.ReadAllText(world.Certificates.AuthorityFile)),
        });
        var options = new TlsClientOptions { Certificate = world.Certificates.Create("client", CertificateShape.Client) };
        TlsWorldClient first = world.Connect(options);
        first.Ask([1]);
        using TlsClientSession session = first.Client.GetSession();
        using var others = new TestCertificates();
        world.Certificates.Write("clients.pem", File.ReadAllText(others.AuthorityFile));
        Assert.True(world.Tls.Reload());
        Assert.StartsWith(
            "certificate verify failed", world.Connect(options with { Session = session }).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Replaced_authorities_hold_for_new_clients()
    {
        using var world = CreateWorld((world, files) => new TlsServerOptions
        {
            Certificates = [files],
            ClientCertificate = TlsClientCertificateMode.Required,
            ClientCaFile = world.Certificates.Write("clients.pem", File.ReadAllText(world.Certificates.AuthorityFile)),
        });
        using var others = new TestCertificates();
        var options = new TlsClientOptions { Certificate = others.Create("client", CertificateShape.Client) };
        Assert.NotNull(world.Connect(options).Failure);
        world.Certificates.Write("clients.pem", File.ReadAllText(others.AuthorityFile));
        Assert.True(world.Tls.Reload());
        Assert.Equal([1], world.Connect(options).Ask([1]));
    }
}
