using Microsoft.Extensions.Logging;
using WsAot.Certificates;
using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests.Certificates;

/// <summary>Certificates are looked at again and again, and the log says what became of them.</summary>
public sealed class CertificateWatchTests : IDisposable
{
    private static readonly DateTimeOffset s_start = ManualTime.Start;

    private readonly ManualTime _time = new();
    private readonly ListLog _log = new();
    private PretendedTls _tls = new(PretendedTls.Certificate(s_start.AddDays(90), "a.pem", "a.example"));
    private CertificateWatch? _watch;

    public void Dispose() => _watch?.Dispose();

    [Fact]
    public void A_good_certificate_needs_no_word()
    {
        Watch();
        Pass(TimeSpan.FromMinutes(5));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void The_files_are_looked_at_every_10_seconds_until_the_end()
    {
        Watch();
        _time.Advance(9999);
        Assert.Equal(0, _tls.Looks);
        _time.Advance(1);
        Assert.Equal(1, _tls.Looks);
        _time.Advance(10_000);
        Assert.Equal(2, _tls.Looks);
        _watch!.Dispose();
        Assert.True(_tls.IsDisposed);
        _time.Advance(60_000);
        Assert.False(_watch.Reload());
        Assert.Equal(2, _tls.Looks);
    }

    [Fact]
    public void New_certificates_are_told_with_their_hosts_and_their_last_day()
    {
        Watch();
        _tls.Replace(
            PretendedTls.Certificate(s_start.AddDays(89), "a.pem", "a.example", "b.example"),
            PretendedTls.Certificate(s_start.AddDays(90), "c.pem", "*.c.example"));
        _time.Advance(10_000);
        Assert.Equal(
            [
                "Reloaded the certificate a.pem for a.example, b.example: it expires on 2026-04-01.",
                "Reloaded the certificate c.pem for *.c.example: it expires on 2026-04-02.",
            ],
            Messages(46));
        Assert.Equal(2, _log.Entries.Count);
        Assert.All(_log.Entries, static entry => Assert.Equal(LogLevel.Information, entry.Level));
    }

    [Fact]
    public void Bad_files_are_told_once_as_an_error_and_looking_goes_on()
    {
        Watch();
        _tls.Break("a.pem holds no certificate.");
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(
            "The certificate files have changed but cannot be used, so clients still get the old certificates: a.pem holds no certificate.",
            Assert.Single(Messages(47)));
        Assert.Equal(LogLevel.Error, Assert.Single(_log.Entries).Level);
        Assert.Equal(6, _tls.Looks);
        _tls.Replace(PretendedTls.Certificate(s_start.AddDays(90), "a.pem", "a.example"));
        _time.Advance(10_000);
        Assert.Single(Messages(46));
    }

    [Fact]
    public void A_file_that_is_missing_at_each_look_is_told_once_each_time_that_it_goes()
    {
        Watch();
        for (int i = 1; i <= 2; i++)
        {
            _tls.Vanish("a.pem is not there.");
            Pass(TimeSpan.FromMinutes(1));
            Assert.Equal(i, Messages(47).Count);
            _tls.Return();
            Pass(TimeSpan.FromMinutes(1));
            Assert.Equal(i, Messages(56).Count);
        }

        Assert.Equal(4, _log.Entries.Count);
    }

    [Fact]
    public void Bad_files_that_go_and_come_back_are_no_better()
    {
        Watch();
        _tls.Break("a.pem holds no certificate.");
        Pass(TimeSpan.FromMinutes(1));
        _tls.Vanish("a.pem is not there.");
        Pass(TimeSpan.FromMinutes(1));
        _tls.Return();
        Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(Messages(56));
        Assert.Equal(2, Messages(47).Count);
    }

    [Fact]
    public void Who_asks_for_a_look_hears_how_it_ended()
    {
        Watch();
        Assert.False(_watch!.Reload());
        _tls.Replace(PretendedTls.Certificate(s_start.AddDays(90)));
        Assert.True(_watch.Reload());
        _tls.Break("no");
        Assert.Equal("no", Assert.Throws<TransportException>(() => _watch.Reload()).Message);
        Assert.Single(Messages(47));
    }

    [Theory]
    [InlineData(15, 0)]
    [InlineData(14, 0)]
    [InlineData(13.9, 50)]
    [InlineData(0.1, 50)]
    [InlineData(-0.1, 48)]
    public void A_certificate_that_ends_soon_or_has_ended_is_warned_of_at_the_start(double days, int id)
    {
        _tls = new PretendedTls(PretendedTls.Certificate(s_start.AddDays(days)));
        Watch();
        if (id == 0) Assert.Empty(_log.Entries);
        else Assert.Equal((LogLevel.Warning, id), (_log.Entries.Single().Level, _log.Entries.Single().Id));
    }

    [Fact]
    public void Each_day_it_is_warned_of_again()
    {
        _tls = new PretendedTls(PretendedTls.Certificate(s_start.AddDays(2.5)));
        Watch();
        Pass(TimeSpan.FromDays(1) - CertificateWatch.Interval);
        Assert.StartsWith("The certificate a.pem expires in 2 days, on 2026-01-04.", Assert.Single(Messages(50)), StringComparison.Ordinal);
        Pass(CertificateWatch.Interval);
        Assert.Contains("in 1 days", Messages(50)[1], StringComparison.Ordinal);
        Pass(TimeSpan.FromDays(1));
        Assert.Equal((3, 0), (Messages(50).Count, Messages(48).Count));
        Pass(TimeSpan.FromDays(0.5) + CertificateWatch.Interval);
        Assert.Single(Messages(48));
        Pass(TimeSpan.FromDays(1));
        Assert.Equal((3, 2), (Messages(50).Count, Messages(48).Count));
    }

    [Fact]
    public void One_whose_last_weeks_begin_while_the_server_runs_is_warned_of_then()
    {
        _tls = new PretendedTls(PretendedTls.Certificate(s_start.AddDays(14.25)));
        Watch();
        Pass(TimeSpan.FromHours(6));
        Assert.Empty(_log.Entries);
        Pass(CertificateWatch.Interval);
        Assert.Single(Messages(50));
    }

    [Fact]
    public void A_new_one_that_ends_soon_is_warned_of_at_once()
    {
        Watch();
        _tls.Replace(PretendedTls.Certificate(s_start.AddDays(3)));
        _time.Advance(10_000);
        Assert.Single(Messages(50));
    }

    [Fact]
    public void One_that_is_not_valid_yet_and_a_key_and_a_host_are_warned_of()
    {
        _tls = new PretendedTls(new TlsCertificate
        {
            File = "a.pem",
            Hosts = ["a.example", "b.example"],
            UnnamedHosts = ["b.example"],
            NotBefore = s_start.AddHours(1),
            NotAfter = s_start.AddDays(90),
            ReadableKeyFile = "a.key",
        });
        Watch();
        Assert.Equal(
            [
                "Every user of this machine can read the private key in a.key. Allow only the server's user: chmod 600, or 640.",
                "The certificate a.pem is used for b.example but does not name it: clients will refuse it (see tls:certificates).",
                "The certificate a.pem is not valid before 2026-01-02 04:04:05Z. Check the clock of this machine.",
            ],
            _log.Entries.Select(static entry => entry.Message));
        Pass(TimeSpan.FromHours(2));
        Assert.Equal(3, _log.Entries.Count);
    }

    private void Watch() => _watch = new CertificateWatch(_tls, _log, _time);

    private void Pass(TimeSpan time)
    {
        DateTimeOffset end = _time.GetUtcNow() + time;
        while (_time.GetUtcNow() < end) _time.Advance((long)CertificateWatch.Interval.TotalMilliseconds);
    }

    private List<string> Messages(int id) => [.. _log.Entries.Where(entry => entry.Id == id).Select(static entry => entry.Message)];
}
