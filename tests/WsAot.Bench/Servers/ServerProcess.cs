using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>A running server, which does not outlive this object.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    // A guard only.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private const int Terminate = 15;

    private readonly Process _process;
    private readonly StringBuilder _complaints = new();

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>From before its start until it said that it listens, or until it was found to.</summary>
    public TimeSpan StartTime { get; private set; }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it on its cores and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(Launch launch, int port, int[] cores)
    {
        ProcessStartInfo start = new(launch.File, launch.Arguments)
        {
            // Not where somebody's wsaot.json may be.
            WorkingDirectory = Artifacts.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsSetting).ToArray()) start.Environment.Remove(name);

        long before = Stopwatch.GetTimestamp();
        ServerProcess server = new(CpuAffinity.Start(start, cores));
        try
        {
            using CancellationTokenSource guard = new(s_patience);
            server._process.ErrorDataReceived += (_, line) => server._complaints.AppendLine(line.Data);
            server._process.BeginErrorReadLine();
            if (launch.Announces) await server.ReadAnnouncementAsync(guard.Token);
            else await server.PollAsync(port, guard.Token);
            server.StartTime = Stopwatch.GetElapsedTime(before);
            return server;
        }
        catch (Exception exception) when (exception is OperationCanceledException or BenchException)
        {
            server.Dispose();
            throw new BenchException($"{launch.File} does not listen: {exception.Message}\n{server._complaints}".TrimEnd());
        }
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Asks it to end, and waits for that.</summary>
    public async Task StopAsync()
    {
        _ = Kill(Id, Terminate);
        using CancellationTokenSource guard = new(s_patience);
        await _process.WaitForExitAsync(guard.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // Of ours or of the runtime's.
    private static bool IsSetting(string name) =>
        name.StartsWith("WSAOT_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase);

    private async Task ReadAnnouncementAsync(CancellationToken cancellation)
    {
        string? line = await _process.StandardOutput.ReadLineAsync(cancellation);
        if (line is null || !line.StartsWith("listening", StringComparison.Ordinal)) throw new BenchException($"it said '{line}'");
    }

    private async Task PollAsync(int port, CancellationToken cancellation)
    {
        _process.BeginOutputReadLine();
        while (!_process.HasExited)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(5, cancellation);
            }
        }

        throw new BenchException($"it ended with {_process.ExitCode}");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
