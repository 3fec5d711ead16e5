using System.Security.Cryptography.X509Certificates;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Time;

namespace WsAot.TestKit.Tests.Certificates;

public sealed class CertificateAuthorityTests : IDisposable
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly CertificateAuthority _authority = new(time: new ManualTime());

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(KeyKind.EcP256)]
    [InlineData(KeyKind.Rsa2048)]
    public void A_server_is_trusted_through_its_ca_for_its_hosts_alone(KeyKind key)
    {
        using X509Certificate2 certificate = _authority.Issue(CertificateShape.For("a.test", "*.b.test", "127.0.0.1") with { Key = key });
        Assert.Equal(X509ChainStatusFlags.NoError, Verify(certificate, ServerPurpose));
        Assert.Equal((key == KeyKind.EcP256, 1), (certificate.GetECDsaPrivateKey() is not null, certificate.GetSerialNumber()[0]));
        foreach (string host in (string[])["a.test", "x.b.test", "127.0.0.1"]) Assert.True(certificate.MatchesHostname(host), host);
        foreach (string host in (string[])["b.test", "x.a.test", "127.0.0.2"]) Assert.False(certificate.MatchesHostname(host), host);
        Assert.True(Verify(certificate, ClientPurpose).HasFlag(X509ChainStatusFlags.NotValidForUsage));
    }

    [Fact]
    public void One_is_valid_from_a_day_ago_to_ninety_days_from_now_unless_it_is_to_be_expired_or_not_yet_valid()
    {
        Assert.Equal((-1, 90), Days(CertificateShape.Server));
        Assert.Equal((-30, -1), Days(CertificateShape.Expired));
        Assert.Equal((1, 90), Days(CertificateShape.NotYetValid));
        using X509Certificate2 expired = _authority.Issue(CertificateShape.Expired);
        Assert.Equal(X509ChainStatusFlags.NotTimeValid, Verify(expired, ServerPurpose));
    }

    [Fact]
    public void A_client_has_names_of_every_kind_and_is_no_server()
    {
        CertificateShape shape = CertificateShape.Client with { Emails = ["ada@example.com"], Uris = ["spiffe://example.com/ada"] };
        using X509Certificate2 certificate = _authority.Issue(shape);
        Assert.Equal("CN=WsAot test client", certificate.Subject);
        Assert.Equal(X509ChainStatusFlags.NoError, Verify(certificate, ClientPurpose));
        Assert.True(Verify(certificate, ServerPurpose).HasFlag(X509ChainStatusFlags.NotValidForUsage));
        string names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().Format(multiLine: false);
        Assert.Contains("ada@example.com", names, StringComparison.Ordinal);
        Assert.Contains("spiffe://example.com/ada", names, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_intermediate_signs_is_trusted_only_with_the_intermediate()
    {
        using CertificateAuthority intermediate = _authority.CreateIntermediate();
        using X509Certificate2 certificate = intermediate.Issue(CertificateShape.Server);
        Assert.Equal(X509ChainStatusFlags.NoError, Verify(certificate, ServerPurpose, intermediate.Certificate));
        Assert.True(Verify(certificate, ServerPurpose).HasFlag(X509ChainStatusFlags.PartialChain));
    }

    private (int Begin, int End) Days(CertificateShape shape)
    {
        using X509Certificate2 certificate = _authority.Issue(shape);
        return (DaysFromNow(certificate.NotBefore), DaysFromNow(certificate.NotAfter));
    }

    private static int DaysFromNow(DateTime local) => (int)(local.ToUniversalTime() - ManualTime.Start.UtcDateTime).TotalDays;

    private X509ChainStatusFlags Verify(X509Certificate2 certificate, string purpose, params X509Certificate2[] others)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority.Certificate);
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new(purpose));
        chain.ChainPolicy.VerificationTime = ManualTime.Start.LocalDateTime;
        chain.Build(certificate);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (flags, status) => flags | status.Status);
    }
}
