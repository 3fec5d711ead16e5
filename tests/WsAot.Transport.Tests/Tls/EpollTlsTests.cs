using System.Net;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Tls;

/// <summary>What epoll reports of connections whose handshake waits.</summary>
public sealed class EpollTlsTests
{
    [Fact]
    public void A_client_that_is_gone_while_it_waits_for_a_place_ends_and_none_of_it_spins()
    {
        using var certificates = new TestCertificates();
        CertificateFiles files = certificates.Create();
        using TransportDriver driver = SocketDriver.CreateEpoll(new TransportOptions { Loops = 1 });
        using TlsServer tls = driver.Transport.CreateTls(new TlsServerOptions
        {
            Certificates = [new TlsCertificateFiles { CertificateFile = files.CertificateFile, KeyFile = files.KeyFile }],
            MaxHandshakesPerLoop = 1,
        });
        var listener = new ListenOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Tls = tls };
        driver.Listen(listener);
        using var client = new TlsClient();
        client.Connect();
        byte[] hello = client.Take();

        (SocketDriver.Peer first, _) = Begin(1);
        Assert.NotEmpty(first.ReceiveOnce());
        (SocketDriver.Peer second, ServedConnection waiting) = Begin(2);
        TransportLoop loop = driver.Loops[0].Loop;
        Assert.InRange(driver.CountIdleBatches(loop), 0, 4);
        Assert.Equal(0, second.Available);
        second.Reset();
        driver.Until(() => waiting.Closings == 1);
        Assert.InRange(driver.CountIdleBatches(loop), 0, 4);
        first.Dispose();
        driver.Until(() => driver.Served[0].PeerShutdowns == 1);
        driver.OnLoop(driver.Served[0], static connection => connection.Close());
        driver.Until(() => loop.ConnectionCount == 0);

        (SocketDriver.Peer Peer, ServedConnection Served) Begin(int count)
        {
            var peer = new SocketDriver.Peer(driver.EndPointOf(listener));
            driver.Until(() => driver.Served.Count == count);
            peer.Send(hello);
            driver.OnLoop(loop: driver.Loops[0].Loop, static () => { });
            return (peer, driver.Served[^1]);
        }
    }
}
