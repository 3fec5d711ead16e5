using System.Runtime.InteropServices;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>Handles SIGTERM and SIGINT. The first signal completes <see cref="Asked"/>; the next one ends the process as usual.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    /// <exception cref="TransportException">No file descriptor is left, and the runtime needs one to handle a signal.</exception>
    public StopSignals()
    {
        _terminate = Register(PosixSignal.SIGTERM);
        _interrupt = Register(PosixSignal.SIGINT);
    }

    /// <summary>Completes when the server should stop.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Stops the server for a reason other than a signal. Any thread.</summary>
    public void Ask() => _asked.TrySetResult();

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal)
    {
        try
        {
            return PosixSignalRegistration.Create(signal, context => context.Cancel = _asked.TrySetResult());
        }
        catch (IOException exception)
        {
            throw new TransportException($"Cannot listen for {signal}: {exception.Message}", exception);
        }
    }
}
