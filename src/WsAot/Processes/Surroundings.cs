using WsAot.Connections;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Processes;

/// <summary>
/// The other processes that a server program deals with: the service manager, the process that it replaces, and the one that replaces it.
/// Only on Linux.
/// </summary>
internal sealed class Surroundings : IDisposable
{
    private readonly Predecessor? _predecessor;
    private readonly PassedSockets? _passed;
    private readonly CancellationTokenSource _end = new();
    private ServerLifetime? _lifetime;
    private ServerContext? _context;
    private RestartSignal? _restart;

    /// <summary>Reads the environment of the process.</summary>
    /// <exception cref="TransportException">The service manager passed something other than a listening socket.</exception>
    public Surroundings()
    {
        if (!OperatingSystem.IsLinux()) return;
        _predecessor = Predecessor.Take();
        if (_predecessor is null) _passed = PassedSockets.Take();
    }

    /// <summary>The sockets that other processes opened; null if there are none.</summary>
    public InheritedListeners? Listeners => _predecessor?.Listeners ?? _passed?.Listeners;

    /// <summary>The addresses of the sockets that the service manager opened; null if there are none.</summary>
    public string? PassedUrls => _passed?.Urls;

    /// <summary>The service manager; null if there is none.</summary>
    public ServiceManager? Manager { get; private set; }

    /// <summary>Takes a server that has not started, and listens for SIGUSR2.</summary>
    /// <exception cref="TransportException">No file descriptor is left, and the runtime needs one to handle a signal.</exception>
    public void Attach(ServerLifetime lifetime, ServerContext context)
    {
        if (!OperatingSystem.IsLinux()) return;
        (_lifetime, _context) = (lifetime, context);
        Manager = ServiceManager.Find(context.Logger, context.TimeProvider);
        lifetime.StopObserver = Manager;
        _restart = new RestartSignal(lifetime, context.Logger, Manager);
    }

    /// <summary>The server listens.</summary>
    public void OnListening(IReadOnlyList<string> urls)
    {
        if (_predecessor is not null)
        {
            foreach (InheritedListener left in _predecessor.Listeners.Sockets)
            {
                ProcessLog.AddressLeft(_context!.Logger, left.Address);
            }

            _predecessor.Report();
        }

        if (Manager is not { } manager) return;
        manager.Ready(urls);
        if (ServiceManager.WatchdogTimeout is not { } timeout) return;
        LoopState[] loops = Array.ConvertAll(_lifetime!.Loops, static loop => loop.State);
        _ = new Watchdog(loops, timeout / 2, manager.Feed, _context!).RunAsync(_end.Token);
    }

    public void Dispose()
    {
        _end.Cancel();
        _restart?.Dispose();
        _predecessor?.Dispose();
    }
}
