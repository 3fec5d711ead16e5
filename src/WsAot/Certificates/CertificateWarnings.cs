using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Transport;

namespace WsAot.Certificates;

/// <summary>
/// Warns of certificates that clients will not accept, soon or already, and of keys that everybody can read: when they are read, and of
/// times again each day.
/// </summary>
internal sealed class CertificateWarnings(ILogger logger)
{
    /// <summary>From so many days on: enough to renew by hand, and half of what certbot leaves.</summary>
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

    /// <summary>Warns of all that is wrong with certificates that were read just now.</summary>
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

    /// <summary>Warns of those whose time has come since the last call, and once a day of all others that are not good.</summary>
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
