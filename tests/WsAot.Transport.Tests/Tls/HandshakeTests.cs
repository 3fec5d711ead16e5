using System.Security.Cryptography.X509Certificates;
using System.Text;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;

namespace WsAot.Transport.Tests.Tls;

/// <summary>Handshakes: what is agreed on, what is refused, and what the owner hears of it.</summary>
public class HandshakeTests : TlsWorldTest
{
    [Theory]
    [InlineData(0x0303, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")]
    [InlineData(0x0304, "TLSv1.3", "TLS_AES_256_GCM_SHA384")]
    public void Both_versions_are_spoken(int version, string name, string cipherSuite)
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect(new TlsClientOptions { MaxVersion = version, ServerName = "localhost" });
        Assert.Equal("hello"u8.ToArray(), client.Ask([.. "hello"u8]));
        TlsDetails details = client.Connection.GetTlsDetails()!;
        Assert.Equal((name, cipherSuite), (details.Protocol, details.CipherSuite));
        Assert.Equal(("localhost", false), (details.ServerName, details.IsResumed));
        Assert.Null(details.ClientCertificate);
        Assert.True(client.Connection.IsEncrypted);
    }

    [Fact]
    public void A_version_that_is_too_old_is_refused()
    {
        using var world = CreateWorld((_, files) => new TlsServerOptions { Certificates = [files], MinVersion = TlsVersion.Tls13 });
        TlsWorldClient client = world.Connect(new TlsClientOptions { MaxVersion = 0x0303 });
        Assert.Equal("unsupported protocol", client.Failure);
        Assert.Equal("tlsv1 alert protocol version", client.Client.Failure);
        Assert.Equal(1, client.Closings);
    }

    [Fact]
    public void A_client_that_insists_on_another_protocol_gets_the_alert()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect(new TlsClientOptions { Protocols = ["h2"] });
        Assert.Equal("tlsv1 alert no application protocol", client.Client.Failure);
        Assert.Equal("no application protocol", client.Failure);
        Assert.True(world.Connect(new TlsClientOptions { Protocols = ["h2", "http/1.1"] }).Client.IsConnected);
        Assert.True(world.Connect(new TlsClientOptions { Protocols = [] }).Client.IsConnected);
    }

    [Fact]
    public void Each_name_has_its_certificate()
    {
        using var world = CreateWorld((world, files) => new TlsServerOptions
        {
            Certificates =
            [
                files,
                world.Create("a", CertificateShape.For("a.example.com")),
                new TlsCertificateFiles
                {
                    Hosts = ["*.b.example.com"],
                    CertificateFile = world.Create("b", CertificateShape.For("whatever.example")).CertificateFile,
                    KeyFile = Path.Combine(world.Certificates.Folder, "b.key"),
                },
            ],
        });
        Assert.Contains("localhost", ShownFor(null), StringComparison.Ordinal);
        Assert.Contains("a.example.com", ShownFor("A.example.COM"), StringComparison.Ordinal);
        Assert.Contains("whatever.example", ShownFor("x.b.example.com"), StringComparison.Ordinal);
        Assert.Contains("localhost", ShownFor("b.example.com"), StringComparison.Ordinal);
        Assert.Contains("localhost", ShownFor("x.y.b.example.com"), StringComparison.Ordinal);
        Assert.Contains("localhost", ShownFor("unknown.example"), StringComparison.Ordinal);

        string ShownFor(string? name)
        {
            TlsWorldClient client = world.Connect(new TlsClientOptions { ServerName = name });
            using X509Certificate2 shown = client.Client.GetServerCertificate();
            return string.Join(
                ' ', shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static names => names.EnumerateDnsNames()));
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "the client speaks plain HTTP on a TLS port", "HTTP/1.1 400 TLS")]
    [InlineData("CONNECT a:1 HTTP/1.1\r\n\r\n", "the client speaks plain HTTP on a TLS port", "HTTP/1.1 400 TLS")]
    [InlineData("\u0000", "the client does not speak TLS", "")]
    [InlineData("\n", "the client does not speak TLS", "")]
    public void What_is_no_TLS_is_refused(string sent, string reason, string answer)
    {
        using var world = CreateWorld(static (_, files) =>
            new TlsServerOptions { Certificates = [files], PlainHttpAnswer = Encoding.ASCII.GetBytes("HTTP/1.1 400 TLS") });
        TlsWorldClient client = world.Open();
        client.Peer.Send(Encoding.ASCII.GetBytes(sent));
        world.Transport.RunUntilIdle();
        Assert.Equal(reason, client.Failure);
        Assert.Equal(answer, Encoding.ASCII.GetString(client.Peer.Take()));
        Assert.True(client.Peer.IsClosed);
    }

    [Theory]
    [InlineData(0x0303)]
    [InlineData(0x0304)]
    public void A_handshake_is_the_same_byte_by_byte(int version)
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Open(new TlsClientOptions { MaxVersion = version });
        for (int flight = 0; flight < 4; flight++)
        {
            client.Client.Connect();
            foreach (byte one in client.Client.Take())
            {
                client.Peer.Send([one]);
                world.Transport.RunUntilIdle();
            }

            client.Client.Feed(client.Peer.Take());
        }

        Assert.True(client.Client.IsConnected);
        Assert.Equal([1, 2, 3], client.Ask([1, 2, 3]));
    }

    [Theory]
    [InlineData(48, "tlsv1 alert unknown ca")]
    [InlineData(46, "sslv3 alert certificate unknown")]
    [InlineData(42, "sslv3 alert bad certificate")]
    [InlineData(0, "the client has given up")]
    public void A_client_that_refuses_the_certificate_is_heard(byte alert, string reason)
    {
        using var world = new TlsWorld();
        TlsWorldClient client = world.Open(new TlsClientOptions { MaxVersion = 0x0303 });
        client.Client.Connect();
        client.Exchange();
        // RFC 8446 section 6: an alert, fatal; 0 is close_notify, a warning.
        client.Peer.Send([21, 3, 3, 0, 2, (byte)(alert == 0 ? 1 : 2), alert]);
        client.Peer.Shutdown();
        world.Transport.RunUntilIdle();
        Assert.Equal(reason, client.Failure);
        Assert.Equal((1, 0), (client.Closings, client.PeerShutdowns));
    }

    [Theory]
    [InlineData(0x0303)]
    [InlineData(0x0304)]
    public void A_session_is_resumed_with_its_ticket(int version)
    {
        using var world = CreateWorld();
        var options = new TlsClientOptions { MaxVersion = version };
        TlsWorldClient first = world.Connect(options);
        first.Ask([1]);
        using TlsClientSession session = first.Client.GetSession();
        TlsWorldClient second = world.Connect(options with { Session = session });
        Assert.Equal([2], second.Ask([2]));
        Assert.True(second.Client.IsResumed);
        // SslStream does not tell.
        Assert.Equal(!IsSslStream, second.Connection.GetTlsDetails()!.IsResumed);
    }

    [Fact]
    public void What_is_written_before_the_handshake_is_over_waits_for_it()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Open();
        world.Transport.Loops[0].Post(_ => client.Connection.Write("welcome"u8, default), null);
        world.Transport.RunUntilIdle();
        Assert.False(client.Connection.IsEstablished);
        Assert.Equal(7, client.Connection.PendingBytes);
        Assert.True(client.Peer.Received.IsEmpty);
        client.Shake();
        Assert.Equal("welcome"u8.ToArray(), client.Client.Read());
        Assert.Equal(0, client.Connection.PendingBytes);
    }

    [Fact]
    public void An_owner_that_ends_its_side_lets_the_peer_read_why()
    {
        using var world = CreateWorld();
        TlsWorldClient opened = world.Open(new TlsClientOptions { Protocols = ["h2"] });
        Assert.False(opened.Lingers);
        var client = new TlsWorldClient(world, opened.Peer, opened.Client) { Lingers = true, Connection = opened.Connection };
        opened.Connection.Handler = client;
        client.Shake();
        client.Peer.Send([1, 2, 3]);
        world.Transport.RunUntilIdle();
        Assert.Equal("no application protocol", client.Failure);
        Assert.Equal((true, 0), (client.Peer.IsServerShut, client.Closings));
        client.Peer.Shutdown();
        world.Transport.RunUntilIdle();
        Assert.Equal((1, 0), (client.Closings, client.ReceivedCalls));
    }
}
