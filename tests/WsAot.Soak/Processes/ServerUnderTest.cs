using System.Diagnostics;
using WsAot.Soak.Checks;
using WsAot.Soak.Wire;
using WsAot.TestKit.Certificates;

namespace WsAot.Soak.Processes;

/// <summary>The published file in a process of its own, which does not outlive this object.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    // Guards only: neither takes a second on an idle machine.
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly TestCertificates? _certificates;
    private readonly List<string> _log = [];

    private ServerUnderTest(Process process, TestCertificates? certificates)
    {
        _process = process;
        _certificates = certificates;
    }

    public int Id => _process.Id;

    public ServerAddress Address { get; private set; }

    /// <summary>Set before SIGTERM is sent: from then on a connection may end with 1001, or not be made.</summary>
    public bool IsStopping { get; private set; }

    public long ResidentBytes => ProcessMeter.ResidentBytes(Id);

    public TimeSpan CpuTime => ProcessMeter.CpuTime(Id);

    public int Descriptors => ProcessMeter.Descriptors(Id);

    /// <summary>Warnings and errors of the log.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_log) return [.. _log];
        }
    }

    /// <param name="file">The published file.</param>
    /// <param name="usesTls">Whether it listens on a <c>wss</c> address, with a certificate of its own.</param>
    /// <param name="arguments">More of the command line.</param>
    public static async Task<ServerUnderTest> StartAsync(string file, bool usesTls, params IEnumerable<string> arguments)
    {
        TestCertificates? certificates = usesTls ? new TestCertificates() : null;
        IEnumerable<string> address = certificates is null
            ? ["--urls", "ws://127.0.0.1:0"]
            : ["--urls", "wss://127.0.0.1:0", .. certificates.Create().ServerOptions];
        // An empty folder, without a wsaot.json.
        string folder = Directory.CreateTempSubdirectory("wsaot-soak-").FullName;
        ProcessStartInfo start = ChildProcess.Describe(Path.GetFullPath(file), [.. address, .. arguments], folder);
        ChildProcess.RemoveSettings(start);
        start.Environment["WSAOT_DRAINDELAYMS"] = "0";
        Process process = ChildProcess.Start(start);
        ServerUnderTest server = new(process, certificates);
        process.ErrorDataReceived += (_, line) => server.OnLogged(line.Data);
        process.BeginErrorReadLine();
        using CancellationTokenSource guard = new(s_startPatience);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(guard.Token);
            if (line is null || !ChildProcess.IsAnnouncement(line))
            {
                throw new InvalidOperationException($"The server said '{line}' instead of where it listens.");
            }

            server.Address = new ServerAddress(ChildProcess.AddressOf(line).Port, usesTls);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGTERM; the process must end by itself, with 0.</summary>
    public async Task StopAsync(Faults faults)
    {
        if (_process.HasExited) faults.Add($"the server ended by itself, with {_process.ExitCode}");
        IsStopping = true;
        if (!_process.HasExited) Signals.Send(Id, Signal.Terminate);
        // This waits for the end of the redirected log too.
        if (!await ChildProcess.EndsAsync(_process, s_stopPatience))
        {
            faults.Add($"the server did not end within {s_stopPatience.TotalSeconds} s of SIGTERM");
        }
        else if (_process.ExitCode != 0)
        {
            faults.Add($"the server ended with {_process.ExitCode} after SIGTERM");
        }
    }

    public async ValueTask DisposeAsync()
    {
        IsStopping = true;
        string folder = _process.StartInfo.WorkingDirectory;
        await ChildProcess.KillAsync(_process);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        _certificates?.Dispose();
    }

    // A line is `time level category: message`; the lines of an exception have no such level, and come after one that has.
    private void OnLogged(string? line)
    {
        if (line is null || line.Split(' ', 3) is [_, "info" or "debug" or "trace", _]) return;
        lock (_log)
        {
            if (_log.Count < 1000) _log.Add(line);
        }
    }
}
