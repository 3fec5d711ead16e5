using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>Limit/tls.c: what the kernel and OpenSSL alone cost.</summary>
internal sealed class TlsLimitServer() : BenchServer(ServerName)
{
    public const string ServerName = "TLS limit";

    private static readonly string s_file = Artifacts.PathOf("limit", "tls");

    public override Launch Launch(Workload workload, int port) =>
        new(s_file, [.. LimitServer.ArgumentsOf(workload, port), BenchCertificate.CertificateFile, BenchCertificate.KeyFile]);

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        Version = "recv, SSL_read, SSL_write and send, by epoll, in C";
        if (!isBuilding) return null;
        if (!File.Exists("/usr/include/openssl/ssl.h")) return "install the Debian package libssl-dev";
        return await LimitServer.CompileAsync("tls.c", s_file, "-lssl", "-lcrypto");
    }
}
