using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>Hears SIGHUP, by which programs that renew certificates tell a server of them.</summary>
internal static class ReloadSignal
{
    /// <summary>
    /// Begins to listen, if the server has certificates: without them the signal ends the process, as it does when a terminal is closed.
    /// </summary>
    public static IDisposable? Listen(WsServer server, ILoggerFactory loggers)
    {
        bool hasCertificates = ListenAddress.Find(ListenAddress.ParseAll(server.Options.Urls), isSecure: true) is not null;
        if (!hasCertificates || OperatingSystem.IsWindows()) return null;
        ILogger logger = new SafeLogger(loggers.CreateLogger(SafeLogger.ServerCategory));
        try
        {
            return PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                Reload(server, logger);
            });
        }
        catch (IOException exception)
        {
            throw new TransportException($"Cannot listen for SIGHUP: {exception.Message}", exception);
        }
    }

    /// <summary>What the signal does. The log says how it ended, since nobody else can.</summary>
    public static void Reload(WsServer server, ILogger logger)
    {
        try
        {
            if (!server.ReloadCertificates()) TlsLog.CertificatesUnchanged(logger);
        }
        catch (TransportException)
        {
            // It is in the log.
        }
    }
}
