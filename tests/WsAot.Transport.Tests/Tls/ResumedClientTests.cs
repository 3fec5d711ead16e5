using WsAot.TestKit.Certificates;
using WsAot.TestKit.Time;
using WsAot.TestKit.Tls;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Tests.Tls;

/// <summary>Clients with certificates that come back with a ticket. OpenSSL has looked at their certificates only once.</summary>
public sealed class ResumedClientTests
{
    [Theory]
    [InlineData(0x0303, 29, true)]
    [InlineData(0x0304, 29, true)]
    [InlineData(0x0303, 31, false)]
    [InlineData(0x0304, 31, false)]
    public void A_certificate_must_not_have_expired_since(int version, int daysLater, bool isAccepted)
    {
        using var world = new TlsWorld(static (world, files) => new TlsServerOptions
        {
            Certificates = [files],
            ClientCertificate = TlsClientCertificateMode.Required,
            ClientCaFile = world.Certificates.AuthorityFile,
        });
        CertificateShape shape = CertificateShape.Client with { EndsIn = TimeSpan.FromDays(30) };
        var options = new TlsClientOptions { Certificate = world.Certificates.Create("device", shape), MaxVersion = version };
        TlsWorldClient first = world.Connect(options);
        Assert.Equal([1], first.Ask([1]));
        using TlsClientSession session = first.Client.GetSession();

        DateTimeOffset later = DateTimeOffset.UtcNow.AddDays(daysLater);
        ((OpenSslServer)world.Tls).TimeProvider = new ManualTime((long)(later - ManualTime.Start).TotalMilliseconds);
        TlsWorldClient second = world.Connect(options with { Session = session });
        Assert.Equal(isAccepted ? [2] : [], second.Ask([2]));
        Assert.Equal(isAccepted ? null : "certificate verify failed: certificate has expired", second.Failure);
        Assert.True(second.Client.IsResumed);
    }
}
