using System.Security.Cryptography;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;

namespace WsAot.Transport.Tests.Tls;

/// <summary>Certificates of clients.</summary>
public class ClientCertificateTests : TlsWorldTest
{
    private static readonly CertificateShape s_device = CertificateShape.Client with
    {
        CommonName = "Gerät 7, Halle 3",
        Hosts = ["device-7.example.com", "192.0.2.7", "2001:db8::7"],
        Emails = ["device@example.com"],
        Uris = ["spiffe://example.com/device-7"],
    };

    [Theory]
    [InlineData(0x0303)]
    [InlineData(0x0304)]
    public void The_owner_sees_who_the_client_is(int version)
    {
        using TlsWorld world = Create(TlsClientCertificateMode.Required);
        CertificateFiles device = world.Certificates.Create("device", s_device);
        var options = new TlsClientOptions { Certificate = device, MaxVersion = version };
        TlsWorldClient client = world.Connect(options);
        Assert.Equal([1], client.Ask([1]));
        Check(client.Connection.GetTlsDetails()!.ClientCertificate!);

        using TlsClientSession session = client.Client.GetSession();
        TlsWorldClient resumed = world.Connect(options with { Session = session });
        Assert.Equal([1], resumed.Ask([1]));
        Assert.True(resumed.Client.IsResumed);
        Check(resumed.Connection.GetTlsDetails()!.ClientCertificate!);

        void Check(TlsClientCertificate seen)
        {
            Assert.Equal(@"CN=Gerät 7\, Halle 3", seen.Subject);
            Assert.Equal("CN=WsAot test CA", seen.Issuer);
            Assert.Equal(
                "DNS:device-7.example.com IP:192.0.2.7 IP:2001:db8::7 email:device@example.com URI:spiffe://example.com/device-7",
                string.Join(' ', seen.SubjectAlternativeNames));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(device.Certificate.RawData)), seen.Fingerprint);
            Assert.Equal(device.Certificate.RawData, seen.RawData.ToArray());
            Assert.Equal(device.Certificate.NotAfter.ToUniversalTime(), seen.NotAfter.UtcDateTime);
        }
    }

    [Fact]
    public void Whoever_has_none_gets_in_where_it_is_optional()
    {
        using TlsWorld world = Create(TlsClientCertificateMode.Optional);
        TlsWorldClient client = world.Connect();
        Assert.Equal([1], client.Ask([1]));
        Assert.Null(client.Connection.GetTlsDetails()!.ClientCertificate);
    }

    [Theory]
    [InlineData(TlsClientCertificateMode.Optional)]
    [InlineData(TlsClientCertificateMode.Required)]
    public void One_of_another_authority_is_refused(TlsClientCertificateMode mode)
    {
        using TlsWorld world = Create(mode);
        using var others = new TestCertificates();
        TlsWorldClient client = world.Connect(new TlsClientOptions { Certificate = others.Create("stranger", CertificateShape.Client) });
        Assert.StartsWith("certificate verify failed: ", client.Failure, StringComparison.Ordinal);
        Assert.Equal(1, client.Closings);
    }

    [Fact]
    public void An_expired_one_is_refused()
    {
        using TlsWorld world = Create(TlsClientCertificateMode.Required);
        CertificateShape expired = CertificateShape.Client with { BeginsIn = TimeSpan.FromDays(-3), EndsIn = TimeSpan.FromDays(-1) };
        TlsWorldClient client = world.Connect(new TlsClientOptions { Certificate = world.Certificates.Create("old", expired) });
        Assert.Equal("certificate verify failed: certificate has expired", client.Failure);
    }

    [Fact]
    public void Whoever_has_none_does_not_get_in_where_it_is_required()
    {
        using TlsWorld world = Create(TlsClientCertificateMode.Required);
        TlsWorldClient client = world.Connect();
        Assert.Equal("peer did not return a certificate", client.Failure);
    }

    [Fact]
    public void A_certificate_for_servers_is_none_for_clients()
    {
        using TlsWorld world = Create(TlsClientCertificateMode.Required);
        TlsWorldClient client = world.Connect(new TlsClientOptions { Certificate = world.Certificates.Create("server2") });
        Assert.StartsWith("certificate verify failed: ", client.Failure, StringComparison.Ordinal);
    }

    private TlsWorld Create(TlsClientCertificateMode mode) => CreateWorld((world, files) => new TlsServerOptions
    {
        Certificates = [files],
        ClientCertificate = mode,
        ClientCaFile = world.Certificates.AuthorityFile,
    });
}
