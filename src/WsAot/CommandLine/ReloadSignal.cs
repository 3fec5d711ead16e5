using System.Runtime.InteropServices;
using WsAot.Processes;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>Hears SIGHUP: by a person, a service manager, or a program that renews certificates.</summary>
internal static class ReloadSignal
{
    private const int StandardInput = 0;

    /// <summary>Begins to listen.</summary>
    /// <returns>Ends it; null where there is no such signal.</returns>
    /// <exception cref="TransportException">No descriptor is left for what the runtime needs to hear a signal.</exception>
    public static IDisposable? Listen(OptionReload reload, ServiceManager? manager)
    {
        if (OperatingSystem.IsWindows()) return null;
        // The signal also says that the terminal is gone in which the server was started by hand. Then it ends, as other programs do.
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
