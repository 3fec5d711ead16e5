using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Processes;

/// <summary>
/// Hears SIGUSR2: starts the program again, from the file that is there now and with the same arguments. When that process listens at the
/// same addresses, by the same sockets, this one drains. If it does not come to that, this one goes on.
/// </summary>
internal sealed class RestartSignal : IDisposable
{
    private const int ReportTimeoutMs = 60_000;

    private readonly ServerLifetime _lifetime;
    private readonly ILogger _logger;
    private readonly ServiceManager? _manager;
    private readonly ProgramStart _program = new();
    private readonly PosixSignalRegistration _registration;
    private volatile Thread? _thread;
    private int _isRunning;

    /// <exception cref="TransportException">No descriptor is left for what the runtime needs to hear a signal.</exception>
    public RestartSignal(ServerLifetime lifetime, ILogger logger, ServiceManager? manager)
    {
        (_lifetime, _logger, _manager) = (lifetime, logger, manager);
        try
        {
            _registration = PosixSignalRegistration.Create((PosixSignal)NativeProcess.SIGUSR2, context =>
            {
                context.Cancel = true;
                Begin();
            });
        }
        catch (IOException exception)
        {
            throw new TransportException($"Cannot listen for SIGUSR2: {exception.Message}", exception);
        }
    }

    /// <summary>Waits until a process that was being started has been ended: it would serve on when this one is told to stop.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _thread?.Join();
    }

    private void Begin()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            bool isOver = _lifetime.IsHandedOver;
            ProcessLog.RestartRefused(
                _logger, isOver ? "another one has taken over: tell that one." : "another process is being started already.");
            return;
        }

        // It waits, perhaps for a minute.
        _thread = new Thread(Run) { IsBackground = true, Name = "wsaot-restart" };
        _thread.Start();
    }

    private void Run()
    {
        try
        {
            if (FindObstacle(out InheritedListeners? listeners) is { } obstacle)
            {
                ProcessLog.RestartRefused(_logger, obstacle);
            }
            else if (TryHandOver(listeners!))
            {
                // Nobody starts a second one.
                return;
            }
        }
        catch (Exception exception) when (exception is TransportException or IOException or UnauthorizedAccessException)
        {
            ProcessLog.RestartFailed(_logger, exception.Message.TrimEnd('.'));
        }

        Volatile.Write(ref _isRunning, 0);
    }

    private string? FindObstacle(out InheritedListeners? listeners)
    {
        listeners = null;
        if (_lifetime.State != ServerState.Running) return "the server is not running.";
        if (Environment.ProcessId == 1) return "a container ends with its process 1: start a new container instead.";
        listeners = _lifetime.FindListeners();
        return listeners is null ? "this transport cannot hand its sockets over: it takes --transport epoll." : null;
    }

    private bool TryHandOver(InheritedListeners listeners)
    {
        List<byte[]> arguments = ProgramStart.ReadArguments();
        string file = _program.FindFile(arguments);
        ProcessLog.RestartBegins(_logger, file);
        using Successor successor = Successor.Start(file, arguments, listeners);
        string? fault = successor.WaitUntilReady(ReportTimeoutMs, () => _lifetime.State != ServerState.Running);
        if (fault is not null)
        {
            ProcessLog.RestartFailed(_logger, fault);
            return false;
        }

        ProcessLog.HandedOver(_logger, successor.Id);
        _manager?.HandOver(successor.Id);
        _ = _lifetime.HandOverAsync();
        return true;
    }
}
