using System.Diagnostics;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>A running server, which does not outlive this object.</summary>
internal sealed class BenchedServer : IDisposable
{
    // A guard only.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // What has died is seen to be dead at once; this long is waited for what still lives.
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LastLines _complaints = new(20);

    private BenchedServer(Process process) => _process = process;

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
    public static async Task<BenchedServer> StartAsync(Launch launch, int port, int[] cores)
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

    /// <summary>Waits for what needs the server.</summary>
    /// <exception cref="BenchException">That failed; if the server has ended, the message says how.</exception>
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

    /// <summary>Asks it to end, and waits for that.</summary>
    /// <exception cref="BenchException">It does not.</exception>
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
        // A script may have started the server as its child. Whoever is left may hold the output open, so its end is not waited for.
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit(s_patience);
        _process.Dispose();
    }

    // Of ours or of the runtime's.
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

    /// <returns>How it ended and what it said last; null if it runs.</returns>
    private async Task<string?> EndAsync()
    {
        // For what it wrote, too. Where that does not end, it runs, or a child of it does.
        await ChildProcess.EndsAsync(_process, s_lastWords);
        return _process.HasExited ? $" It ended with {_process.ExitCode}.{_complaints}" : null;
    }
}
