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
    private readonly Predecessor? _predecessor = Predecessor.Take();
    private readonly PassedSockets? _passed = PassedSockets.Take();
    private readonly CancellationTokenSource _end = new();
    private RestartSignal? _restart;

    /// <exception cref="TransportException">The service manager has handed over something else than a socket that listens.</exception>
    private Surroundings()
    {
    }

    /// <summary>The sockets that others have opened; null if there are none.</summary>
    public InheritedListeners? Listeners => _predecessor?.Listeners ?? _passed?.Listeners;

    /// <summary>The addresses of the sockets that the service manager has opened; null if there are none.</summary>
    public string? PassedUrls => _predecessor is null ? _passed?.Urls : null;

    /// <summary>The service manager; null if there is none.</summary>
    public ServiceManager? Manager { get; private set; }

    /// <summary>Looks at the environment of the process; null where there is none of all that.</summary>
    /// <exception cref="TransportException">The service manager has handed over something else than a socket that listens.</exception>
    public static Surroundings? Find() => OperatingSystem.IsLinux() ? new Surroundings() : null;

    /// <summary>Begins to listen for signals. Before the server starts.</summary>
    /// <exception cref="TransportException">No descriptor is left for what the runtime needs to hear a signal.</exception>
    public void Attach(WsServer server)
    {
        Manager = ServiceManager.Find(server.Context.Logger, server.Context.TimeProvider);
        server.Lifetime.StopObserver = Manager;
        _restart = new RestartSignal(server, Manager);
    }

    /// <summary>The server listens.</summary>
    public void OnListening(WsServer server)
    {
        if (_predecessor is not null)
        {
            foreach (InheritedListener left in _predecessor.Listeners.Sockets)
            {
                ProcessLog.AddressLeft(server.Context.Logger, left.Address);
            }

            _predecessor.Report();
        }

        Manager?.Ready(server.Urls);
        if (Manager is { } manager && ServiceManager.WatchdogTimeout is { } timeout)
        {
            LoopState[] loops = Array.ConvertAll(server.Lifetime.Loops, static loop => loop.State);
            _ = new Watchdog(loops, timeout / 2, manager.Feed, server.Context).RunAsync(_end.Token);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _restart?.Dispose();
        _predecessor?.Dispose();
    }
}
