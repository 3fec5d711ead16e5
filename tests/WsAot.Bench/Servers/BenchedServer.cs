using System.Diagnostics;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>A running server, which does not outlive this object.</summary>
internal sealed class BenchedServer : IDisposable
{
    // Only a guard.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // How long to wait for the end of a process that still runs. If a process has died, this shows at once.
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LastLines _complaints = new(20);

    private BenchedServer(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>The time from before its start until it printed that it listens, or until it answered.</summary>
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
    public static async Task<BenchedServer> StartAsync(Launch launch, int port, int[] cores)
    {
        ProcessStartInfo start = new(launch.File, launch.Arguments)
        {
            // A folder without a wsaot.json.
            WorkingDirectory = Artifacts.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsSetting).ToArray()) start.Environment.Remove(name);

        long before = Stopwatch.GetTimestamp();
        BenchedServer server = new(CpuAffinity.Start(start, cores));
        try
        {
            using CancellationTokenSource guard = new(s_patience);
            server._process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is { } text) server._complaints.Add(text);
            };
            server._process.BeginErrorReadLine();
            if (launch.Announces) await server.ReadAnnouncementAsync(guard.Token);
            else await server.PollAsync(port, guard.Token);
            server.StartTime = Stopwatch.GetElapsedTime(before);
            return server;
        }
        catch (Exception exception) when (exception is OperationCanceledException or BenchException)
        {
            string end = await server.EndAsync() ?? server._complaints.ToString();
            server.Dispose();
            throw new BenchException($"{launch.File} does not listen: {exception.Message}{end}");
        }
    }

    /// <summary>Waits for work that needs the server.</summary>
    /// <exception cref="BenchException">The work failed; if the server has ended, the message says how.</exception>
    public async Task<T> DuringAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (BenchException exception)
        {
            throw new BenchException(await EndAsync() is { } end ? $"{exception.Message.TrimEnd('.')}.{end}" : exception.Message);
        }
    }

    /// <summary>Asks the server to end, and waits for its end.</summary>
    /// <exception cref="BenchException">The server does not end.</exception>
    public async Task StopAsync()
    {
        _ = Signals.TrySend(Id, Signal.Terminate);
        if (!await ChildProcess.EndsAsync(_process, s_patience))
        {
            throw new BenchException($"The server does not end when it is asked to.{_complaints}");
        }
    }

    public void Dispose()
    {
        // A script may have started the server as its child. Remaining children may hold the output open, so do not wait for its end.
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit(s_patience);
        _process.Dispose();
    }

    // Whether the variable configures our server or the runtime.
    private static bool IsSetting(string name) =>
        name.StartsWith("WSAOT_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase);

    private async Task ReadAnnouncementAsync(CancellationToken cancellation)
    {
        string? line = await _process.StandardOutput.ReadLineAsync(cancellation);
        if (line is null || !line.StartsWith("listening", StringComparison.Ordinal)) throw new BenchException($"it said '{line}'.");
    }

    private async Task PollAsync(int port, CancellationToken cancellation)
    {
        _process.BeginOutputReadLine();
        while (!_process.HasExited)
        {
            if (await LoopbackPort.AnswersAsync(port, cancellation)) return;
            await Task.Delay(5, cancellation);
        }

        throw new BenchException($"nothing answers at port {port}.");
    }

    /// <returns>How it ended, and its last output; null if it still runs.</returns>
    private async Task<string?> EndAsync()
    {
        // Wait for the end of its output, too. If that does not end, the server or a child still runs.
        await ChildProcess.EndsAsync(_process, s_lastWords);
        return _process.HasExited ? $" It ended with {_process.ExitCode}.{_complaints}" : null;
    }
}
