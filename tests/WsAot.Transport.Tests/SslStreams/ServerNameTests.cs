using System.Security.Cryptography.X509Certificates;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;
using WsAot.Transport.SslStreams;
using WsAot.Transport.Tests.Tls;

namespace WsAot.Transport.Tests.SslStreams;

/// <summary>International names: clients and certificates have them in letters of ASCII.</summary>
public sealed class ServerNameTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("App.example.com", "App.example.com")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("ü..", "ü..")]
    public void A_name_is_that_of_the_wire(string name, string? expected) => Assert.Equal(expected, ServerName.Normalize(name));

    [Fact]
    public void The_certificate_of_an_international_name_is_found()
    {
        using var world = new TlsWorld(
            static (world, files) => new TlsServerOptions
            {
                Certificates = [files, world.Create("b", CertificateShape.For("xn--bcher-kva.example"))],
            },
            isSslStream: true);
        TlsWorldClient client = world.Connect(new TlsClientOptions { ServerName = "xn--bcher-kva.example" });
        Assert.Equal("xn--bcher-kva.example", client.Connection.GetTlsDetails()!.ServerName);
        using X509Certificate2 shown = client.Client.GetServerCertificate();
        Assert.Equal("xn--bcher-kva.example", Assert.Single(world.Tls.Certificates[1].Hosts));
        Assert.Equal(File.ReadAllText(world.Tls.Certificates[1].File).Trim(), shown.ExportCertificatePem());
    }
}
