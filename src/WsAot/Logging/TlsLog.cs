using Microsoft.Extensions.Logging;
using WsAot.Transport;

namespace WsAot.Logging;

/// <summary>The log lines about TLS. See <see cref="Log"/>.</summary>
internal static class TlsLog
{
    /// <summary>Call it after <see cref="PeerLog.TryTakeLine"/>: peers decide how often it happens.</summary>
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
            "Reloaded the certificate {File} for {Hosts}: it expires on {NotAfter}.",
            [certificate.File, string.Join(", ", certificate.Hosts), TimeText.Day(certificate.NotAfter)]);

    public static void CertificatesKept(ILogger logger, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            47,
            null,
            "The certificate files have changed but cannot be used, so clients still get the old certificates: {Reason}",
            [reason]);

    public static void CertificateExpired(ILogger logger, TlsCertificate certificate) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            48,
            null,
            "The certificate {File} expired on {NotAfter}. Replace the file: the server reloads it by itself.",
            [certificate.File, TimeText.Day(certificate.NotAfter)]);

    public static void CertificateNotYetValid(ILogger logger, TlsCertificate certificate) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            49,
            null,
            "The certificate {File} is not valid before {NotBefore}. Check the clock of this machine.",
            [certificate.File, TimeText.Second(certificate.NotBefore)]);

    public static void CertificateExpiresSoon(ILogger logger, TlsCertificate certificate, int days) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            50,
            null,
            "The certificate {File} expires in {Days} days, on {NotAfter}. Replace the file: the server reloads it by itself.",
            [certificate.File, days, TimeText.Day(certificate.NotAfter)]);

    public static void KeyReadable(ILogger logger, string file) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            51,
            null,
            "Every user of this machine can read the private key in {File}. Allow only the server's user: chmod 600, or 640.",
            [file]);

    public static void HostNotNamed(ILogger logger, string host, string file) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            52,
            null,
            "The certificate {File} is used for {Host} but does not name it: clients will refuse it (see tls:certificates).",
            [file, host]);

    public static void NothingEncrypted(ILogger logger) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            53,
            null,
            "There is a certificate, but no wss:// address: nothing is encrypted (see --urls and --tls-certificate-file).");

    public static void AsksNobody(ILogger logger, string url) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            54,
            null,
            "{Url} asks clients for no certificate, despite --tls-client-certificate. Listen on 127.0.0.1 there, or see --redirect-http.",
            [url]);

    public static void CertificatesUnchanged(ILogger logger) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            55,
            null,
            "SIGHUP: the certificate files have not changed.");

    public static void CertificatesReadable(ILogger logger) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            56,
            null,
            "The certificate files can be used again. They contain the certificates that clients have been getting.");
}
