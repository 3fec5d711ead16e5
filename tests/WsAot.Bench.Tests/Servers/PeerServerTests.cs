using WsAot.Bench.Building;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Servers;

public sealed class PeerServerTests
{
    [Fact]
    public void A_command_gets_the_port() =>
        Assert.EndsWith(" && exec /opt/echo --port 80", LineOf("/opt/echo --port {port}", isSecure: false), StringComparison.Ordinal);

    [Fact]
    public void A_command_with_a_place_for_the_certificate_speaks_TLS() =>
        Assert.EndsWith(
            $" && exec echo 80 {BenchCertificate.CertificateFile} {BenchCertificate.KeyFile}",
            LineOf("echo {port} {certificate} {key}", isSecure: true),
            StringComparison.Ordinal);

    private static string LineOf(string command, bool isSecure)
    {
        PeerServer peer = new("peer", command);
        Assert.Equal(isSecure, peer.IsSecure);
        return peer.Launch(new Workload(), 80).Arguments[1];
    }
}
