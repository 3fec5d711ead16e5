using System.Runtime.InteropServices;
using WsAot.Processes;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>Listens for SIGHUP, which a person, a service manager or a program that renews certificates sends.</summary>
internal static class ReloadSignal
{
    private const int StandardInput = 0;

    /// <summary>Begins to listen.</summary>
    /// <returns>Dispose it to stop listening; null where there is no such signal.</returns>
    /// <exception cref="TransportException">No descriptor is left that the runtime needs to receive signals.</exception>
    public static IDisposable? Listen(OptionReload reload, ServiceManager? manager)
    {
        if (OperatingSystem.IsWindows()) return null;
        // A server that was started in a terminal also gets SIGHUP when the terminal closes. Then it ends, as other programs do.
        bool hadTerminal = NativeProcess.IsTerminal(StandardInput) == 1;
        try
        {
            return PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                if (hadTerminal && NativeProcess.IsTerminal(StandardInput) != 1) return;
                context.Cancel = true;
                manager?.Reloading();
                bool isTaken = reload.Run();
                manager?.Reloaded(isTaken);
            });
        }
        catch (IOException exception)
        {
            throw new TransportException($"Cannot listen for SIGHUP: {exception.Message}", exception);
        }
    }
}
