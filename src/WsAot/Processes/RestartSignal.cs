using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Processes;

/// <summary>
/// Handles SIGUSR2: starts the program again, from the current file and with the same arguments. When the new process listens on the same
/// sockets, this one drains. If that fails, this one continues.
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

    /// <exception cref="TransportException">No file descriptor is left, and the runtime needs one to handle a signal.</exception>
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

    /// <summary>
    /// Waits until a process that is being started has been ended. Otherwise it would keep serving after this one was told to stop.
    /// </summary>
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
                _logger, isOver ? "another process has taken over: signal that one." : "another process is being started already.");
            return;
        }

        // The thread waits, perhaps for a minute.
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
                // Nothing starts a second process.
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
        if (Environment.ProcessId == 1) return "this is process 1, and the container would end with it: start a new container instead.";
        listeners = _lifetime.FindListeners();
        return listeners is null ? "this transport cannot hand over its sockets: use --transport epoll." : null;
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
