using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Transport;

namespace WsAot.Certificates;

/// <summary>
/// Warns of certificates that clients reject, or soon will, and of keys that everybody can read. It does so when the files are read;
/// warnings about dates are repeated each day.
/// </summary>
internal sealed class CertificateWarnings(ILogger logger)
{
    /// <summary>
    /// The first warning comes this many days before a certificate expires: enough to renew it by hand, and half of what certbot leaves.
    /// </summary>
    public const int DaysBefore = 14;

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private Validity[] _validities = [];
    private DateTimeOffset _warnedAt;

    private enum Validity
    {
        Good,
        Soon,
        Expired,
        NotYet,
    }

    /// <summary>Warns of every problem of certificates that were just read.</summary>
    public void OnRead(IReadOnlyList<TlsCertificate> certificates, DateTimeOffset now)
    {
        _validities = new Validity[certificates.Count];
        _warnedAt = now;
        foreach (TlsCertificate certificate in certificates)
        {
            if (certificate.ReadableKeyFile is { } file) TlsLog.KeyReadable(logger, file);
            foreach (string host in certificate.UnnamedHosts) TlsLog.HostNotNamed(logger, host, certificate.File);
        }

        OnTimePassed(certificates, now);
    }

    /// <summary>Warns of certificates whose date has come since the last call, and once a day of all others that have a problem.</summary>
    public void OnTimePassed(IReadOnlyList<TlsCertificate> certificates, DateTimeOffset now)
    {
        bool isNextDay = now - _warnedAt >= s_day;
        if (isNextDay) _warnedAt = now;
        for (int i = 0; i < certificates.Count; i++)
        {
            Validity validity = Judge(certificates[i], now);
            if (validity == _validities[i] && !isNextDay) continue;
            _validities[i] = validity;
            Warn(validity, certificates[i], now);
        }
    }

    private static Validity Judge(TlsCertificate certificate, DateTimeOffset now)
    {
        if (now > certificate.NotAfter) return Validity.Expired;
        if (now < certificate.NotBefore) return Validity.NotYet;
        return certificate.NotAfter - now < DaysBefore * s_day ? Validity.Soon : Validity.Good;
    }

    private void Warn(Validity validity, TlsCertificate certificate, DateTimeOffset now)
    {
        if (validity == Validity.Expired) TlsLog.CertificateExpired(logger, certificate);
        else if (validity == Validity.NotYet) TlsLog.CertificateNotYetValid(logger, certificate);
        else if (validity == Validity.Soon) TlsLog.CertificateExpiresSoon(logger, certificate, (certificate.NotAfter - now).Days);
    }
}
