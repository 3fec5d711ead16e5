using WsAot.Connections;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Processes;

/// <summary>
/// What a server that is a program has to do with other processes: the service manager, the one whose place it takes, and the one that
/// takes its own place. On Linux; elsewhere there is none of it.
/// </summary>
internal sealed class Surroundings : IDisposable
{
    private readonly Predecessor? _predecessor;
    private readonly PassedSockets? _passed;
    private readonly CancellationTokenSource _end = new();
    private ServerLifetime? _lifetime;
    private ServerContext? _context;
    private RestartSignal? _restart;

    /// <summary>Looks at the environment of the process.</summary>
    /// <exception cref="TransportException">The service manager has handed over something else than a socket that listens.</exception>
    public Surroundings()
    {
        if (!OperatingSystem.IsLinux()) return;
        _predecessor = Predecessor.Take();
        if (_predecessor is null) _passed = PassedSockets.Take();
    }

    /// <summary>The sockets that others have opened; null if there are none.</summary>
    public InheritedListeners? Listeners => _predecessor?.Listeners ?? _passed?.Listeners;

    /// <summary>The addresses of the sockets that the service manager has opened; null if there are none.</summary>
    public string? PassedUrls => _passed?.Urls;

    /// <summary>The service manager; null if there is none.</summary>
    public ServiceManager? Manager { get; private set; }

    /// <summary>Takes a server that is not started yet, and listens for SIGUSR2.</summary>
    /// <exception cref="TransportException">No descriptor is left for what the runtime needs to hear a signal.</exception>
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
