using WsAot.Bench.Building;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Servers;

public sealed class WsAotTlsServerTests
{
    [Fact]
    public void It_is_the_same_file_at_another_address_with_a_certificate()
    {
        WsAotServer plain = new("epoll");
        string[] expected =
        [
            .. plain.Launch(new Workload(), 80).Arguments.Select(word => word == "ws://127.0.0.1:80" ? "wss://127.0.0.1:80" : word),
            "--tls-certificate-file", BenchCertificate.CertificateFile, "--tls-key-file", BenchCertificate.KeyFile,
        ];
        Launch launch = new WsAotTlsServer(plain).Launch(new Workload(), 80);
        Assert.Equal(plain.Published, launch.File);
        Assert.Equal(expected, launch.Arguments);
    }
}
