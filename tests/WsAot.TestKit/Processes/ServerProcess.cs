using System.Diagnostics;
using System.Globalization;

namespace WsAot.TestKit.Processes;

/// <summary>The server in a process of its own, which never outlives its test.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // Only a guard: no server takes nearly so long.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ServerProcess(Process process)
    {
        _process = process;
        Output = new OutputLines(process.StandardOutput);
        Error = new OutputLines(process.StandardError);
    }

    public int Id => _process.Id;

    public OutputLines Output { get; }

    public OutputLines Error { get; }

    /// <summary>The addresses it listens on, as it printed them.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>The first address, without a slash at its end.</summary>
    public string Url => Addresses[0].GetLeftPart(UriPartial.Authority);

    public int Port => Addresses[0].Port;

    /// <summary>The first address for HTTP: https if it is wss.</summary>
    public string HttpUrl => $"{(Addresses[0].Scheme == "wss" ? "https" : "http")}://{Addresses[0].Authority}";

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <param name="addresses">How many addresses it should announce.</param>
    public static async Task<ServerProcess> StartAsync(
        string file,
        IEnumerable<string> arguments,
        string folder,
        Dictionary<string, string?>? environment = null,
        int addresses = 1)
    {
        ServerProcess server = new(ChildProcess.Start(ChildProcess.Describe(file, arguments, folder, Environment(environment))));
        try
        {
            using CancellationTokenSource guard = new(s_patience);
            string[] lines = await server.Output.WaitForAsync(ChildProcess.IsAnnouncement, addresses, guard.Token);
            if (lines.Length < addresses)
            {
                await server.Error.EndAsync();
                throw new InvalidOperationException(
                    $"The server ended, or closed its output, before it listened:\n{server.Output}\n{server.Error}");
            }

            server.Addresses = [.. lines.Select(line => ChildProcess.AddressOf(line))];
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a server's environment differs from the test's: it has no settings of the developer.</summary>
    public static Dictionary<string, string?> Environment(Dictionary<string, string?>? more)
    {
        // If the tests run in a container, each stop would otherwise take 5 s longer.
        Dictionary<string, string?> environment = new() { ["WSAOT_DRAINDELAYMS"] = "0", ["TICKER_DRAINDELAYMS"] = "0" };
        foreach (string name in ChildProcess.Settings()) environment.TryAdd(name, null);
        foreach ((string name, string? value) in more ?? []) environment[name] = value;
        return environment;
    }

    public void Send(Signal signal) => Signals.Send(Id, signal);

    /// <summary>The memory of the process that is in RAM (VmRSS of proc(5)).</summary>
    public async Task<long> ResidentBytesAsync()
    {
        string status = await File.ReadAllTextAsync($"/proc/{Id}/status");
        string line = status.Split('\n').Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Waits for the end of the process and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        int exitCode = await EndAloneAsync();
        await Task.WhenAll(Output.EndAsync(), Error.EndAsync());
        return exitCode;
    }

    /// <summary>As <see cref="EndAsync"/>, if another process still uses its outputs.</summary>
    public async Task<int> EndAloneAsync()
    {
        Expect(await ChildProcess.EndsAsync(_process, s_patience), $"The server did not end. It said:\n{Output}\n{Error}");
        return _process.ExitCode;
    }

    /// <summary>
    /// Stops the server as an orchestrator does. Fails if the server has ended before, has printed anything but its addresses, or does not
    /// exit with 0.
    /// </summary>
    public async Task StopAsync(Signal signal = Signal.Terminate)
    {
        Expect(!_process.HasExited, $"The server has ended before it was stopped:\n{Error}");
        Send(signal);
        int exitCode = await EndAsync();
        Expect(exitCode == 0, $"Exit code {exitCode} after {signal}:\n{Error}");
        Expect(Output.All.All(ChildProcess.IsAnnouncement), $"More than the addresses on stdout:\n{Output}");
    }

    public async ValueTask DisposeAsync() => await ChildProcess.KillAsync(_process);

    private static void Expect(bool condition, string complaint)
    {
        if (!condition) throw new InvalidOperationException(complaint);
    }
}
