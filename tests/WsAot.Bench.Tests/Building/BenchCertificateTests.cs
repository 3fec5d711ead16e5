using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WsAot.Bench.Building;

namespace WsAot.Bench.Tests.Building;

public sealed class BenchCertificateTests
{
    [Fact]
    public void It_is_for_this_machine_and_its_key_is_of_P_256_and_nobody_elses()
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(BenchCertificate.CertificateFile, BenchCertificate.KeyFile);
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        Assert.Equal(256, key.KeySize);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(BenchCertificate.KeyFile));
    }
}
