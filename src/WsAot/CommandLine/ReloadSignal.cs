using System.Runtime.InteropServices;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>Hears SIGHUP, by which programs that renew certificates tell a server of them.</summary>
internal static class ReloadSignal
{
    /// <summary>
    /// Begins to listen, if the server has certificates: without them the signal ends the process, as it does when a terminal is closed.
    /// </summary>
    public static IDisposable? Listen(WsServer server)
    {
        bool hasCertificates = ListenAddress.Find(ListenAddress.ParseAll(server.Options.Urls), isSecure: true) is not null;
        if (!hasCertificates || OperatingSystem.IsWindows()) return null;
        try
        {
            return PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                Reload(server);
            });
        }
        catch (IOException exception)
        {
            throw new TransportException($"Cannot listen for SIGHUP: {exception.Message}", exception);
        }
    }

    private static void Reload(WsServer server)
    {
        try
        {
            server.ReloadCertificates();
        }
        catch (TransportException)
        {
            // It is in the log.
        }
    }
}
