using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Server;

namespace WsAot.Processes;

/// <summary>
/// Reports the state of the server to the service manager, as in sd_notify(3): datagrams of lines to the local socket in NOTIFY_SOCKET. Any
/// thread.
/// </summary>
internal sealed unsafe class ServiceManager : StopObserver
{
    public const string WatchdogPidVariable = "WATCHDOG_PID";

    private const string SocketVariable = "NOTIFY_SOCKET";
    private const string WatchdogVariable = "WATCHDOG_USEC";
    private const int FamilyBytes = 2;
    private const int MaxPathBytes = 108;

    private readonly byte[] _address;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private string _addresses = "";
    private int _isFailureLogged;
    private volatile bool _isSilent;
    private volatile bool _isStopping;

    private ServiceManager(byte[] address, ILogger logger, TimeProvider time) => (_address, _logger, _time) = (address, logger, time);

    /// <summary>How long the manager waits for a sign of life; null if it expects none.</summary>
    public static TimeSpan? WatchdogTimeout => ReadWatchdog(
        Environment.GetEnvironmentVariable(WatchdogVariable),
        Environment.GetEnvironmentVariable(WatchdogPidVariable),
        Environment.ProcessId);

    /// <summary>The manager that the environment names; null if there is none.</summary>
    public static ServiceManager? Find(ILogger logger, TimeProvider time) =>
        Environment.GetEnvironmentVariable(SocketVariable) is { Length: > 1 } path ? At(path, logger, time) : null;

    /// <param name="path">The path of its socket. A path that begins with <c>@</c> is an abstract name.</param>
    /// <param name="logger">Logs when the manager cannot be reached.</param>
    /// <param name="time">The clock of the machine.</param>
    public static ServiceManager? At(string path, ILogger logger, TimeProvider time)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        if (bytes.Length >= MaxPathBytes || path[0] is not ('/' or '@'))
        {
            ProcessLog.ManagerNotTold(logger, path, "this is neither a path nor an abstract name");
            return null;
        }

        // struct sockaddr_un
        byte[] address = new byte[FamilyBytes + bytes.Length];
        address[0] = NativeProcess.AF_UNIX;
        bytes.CopyTo(address, FamilyBytes);
        if (path[0] == '@') address[FamilyBytes] = 0;
        return new ServiceManager(address, logger, time);
    }

    /// <summary>Reads the variables of the watchdog.</summary>
    public static TimeSpan? ReadWatchdog(string? microseconds, string? processId, int ownId)
    {
        // The variables may be left from the process that started this one, or that this one took over from.
        if (processId is not null && processId != ownId.ToString(CultureInfo.InvariantCulture)) return null;
        return long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0
            ? TimeSpan.FromMicroseconds(Math.Min(value, int.MaxValue * 1000L))
            : null;
    }

    /// <summary>The server listens, or has read its configuration again.</summary>
    public void Ready(IReadOnlyList<string> urls)
    {
        _addresses = string.Join(", ", urls);
        Send($"READY=1\nSTATUS=Listening on {_addresses}");
    }

    /// <summary>The configuration is being read again. <see cref="Reloaded"/> must follow, whatever the result.</summary>
    public void Reloading()
    {
        if (_addresses.Length == 0 || _isStopping) return;
        // The kernel's monotonic clock, which the manager uses too.
        long microseconds = (long)(_time.GetTimestamp() * (1_000_000.0 / _time.TimestampFrequency));
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    /// <summary>The configuration has been read again.</summary>
    /// <param name="isTaken">Whether it is in use from now on. If not, it was invalid, and nothing has changed.</param>
    public void Reloaded(bool isTaken)
    {
        if (_addresses.Length == 0 || _isStopping) return;
        string text = isTaken ? "" : "; the last reload found invalid options, see the log";
        Send($"READY=1\nSTATUS=Listening on {_addresses}{text}");
    }

    /// <summary>Sends a sign of life.</summary>
    public void Feed() => Send("WATCHDOG=1");

    /// <summary>From now on another process is the service. This one sends nothing more.</summary>
    public void HandOver(int processId)
    {
        Send(string.Create(CultureInfo.InvariantCulture, $"MAINPID={processId}"));
        _isSilent = true;
    }

    public override void OnStopping(bool isHandedOver)
    {
        _isStopping = true;
        Send("STOPPING=1\nSTATUS=Stopping");
    }

    public override void OnProgress(int left, int count) =>
        Send(string.Create(CultureInfo.InvariantCulture, $"STATUS=Stopping: {left} of {count} connections are left"));

    private void Send(string text)
    {
        if (_isSilent) return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int socket = NativeProcess.Socket(NativeProcess.AF_UNIX, NativeProcess.SOCK_DGRAM | NativeProcess.SOCK_CLOEXEC, 0);
        nint sent = -1;
        if (socket >= 0)
        {
            fixed (byte* start = bytes, address = _address)
            {
                sent = NativeProcess.SendTo(
                    socket, start, (nuint)bytes.Length, NativeProcess.MSG_NOSIGNAL, address, (uint)_address.Length);
            }
        }

        int error = Marshal.GetLastSystemError();
        if (socket >= 0) _ = NativeProcess.Close(socket);
        if (sent >= 0 || Interlocked.Exchange(ref _isFailureLogged, 1) != 0) return;
        string path = Encoding.UTF8.GetString(_address.AsSpan(FamilyBytes)).Replace('\0', '@');
        ProcessLog.ManagerNotTold(_logger, path, Marshal.GetPInvokeErrorMessage(error));
    }
}
