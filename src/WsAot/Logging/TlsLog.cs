using Microsoft.Extensions.Logging;
using WsAot.Transport;

namespace WsAot.Logging;

/// <summary>What the log says of TLS. See <see cref="Log"/>.</summary>
internal static class TlsLog
{
    /// <summary>After <see cref="PeerLog.TryTakeLine"/>: peers decide how often it comes.</summary>
    public static void TlsFailed(ILogger logger, string remoteEndPoint, string reason, string hint) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            44,
            null,
            "TLS with {RemoteEndPoint} failed: {Reason}{Hint}",
            [remoteEndPoint, reason, hint]);

    public static void ConnectionTlsFailed(ILogger logger, long connectionId, string path, string remoteEndPoint, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Debug,
            45,
            null,
            "TLS of connection {ConnectionId} on {Path} from {RemoteEndPoint} failed: {Reason}",
            [connectionId, path, remoteEndPoint, reason]);

    public static void CertificateReplaced(ILogger logger, TlsCertificate certificate) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            46,
            null,
            "Read the certificates again: {File} for {Hosts} expires on {NotAfter}.",
            [certificate.File, string.Join(", ", certificate.Hosts), TimeText.Day(certificate.NotAfter)]);

    public static void CertificatesKept(ILogger logger, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            47,
            null,
            "The files of the certificates have changed and cannot be used, so clients get those from before: {Reason}",
            [reason]);

    public static void CertificateExpired(ILogger logger, TlsCertificate certificate) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            48,
            null,
            "The certificate {File} expired on {NotAfter}. Replace the file: the server reads it again by itself.",
            [certificate.File, TimeText.Day(certificate.NotAfter)]);

    public static void CertificateNotYetValid(ILogger logger, TlsCertificate certificate) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            49,
            null,
            "The certificate {File} is not valid before {NotBefore}. Is the clock of this machine right?",
            [certificate.File, TimeText.Second(certificate.NotBefore)]);

    public static void CertificateExpiresSoon(ILogger logger, TlsCertificate certificate, int days) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            50,
            null,
            "The certificate {File} expires in {Days} days, on {NotAfter}. Replace the file: the server reads it again by itself.",
            [certificate.File, days, TimeText.Day(certificate.NotAfter)]);

    public static void KeyReadable(ILogger logger, string file) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            51,
            null,
            "Every user of this machine can read the private key in {File}. Allow only the server's own: chmod 600, or 640.",
            [file]);

    public static void HostNotNamed(ILogger logger, string host, string file) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            52,
            null,
            "The certificate {File} is shown for {Host} and does not name it: clients will refuse it (see tls:certificates).",
            [file, host]);

    public static void NothingEncrypted(ILogger logger) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            53,
            null,
            "There is a certificate, and no address is wss://: nothing is encrypted (see --urls and --tls-certificate-file).");

    public static void AsksNobody(ILogger logger, string url) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            54,
            null,
            "{Url} asks for no certificate, whatever --tls-client-certificate says. Listen on 127.0.0.1 there, or see --redirect-http.",
            [url]);

    public static void CertificatesUnchanged(ILogger logger) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            55,
            null,
            "SIGHUP: the files of the certificates have not changed since they were last read.");

    public static void CertificatesReadable(ILogger logger) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            56,
            null,
            "The files of the certificates can be used again. They hold what clients have got all the time.");
}
