using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Restarting;

/// <summary>SIGUSR2 under load: the next process takes over the address, and nobody who connects notices.</summary>
internal sealed class RestartRun(RestartOptions options, TextWriter output, RunProgress? progress = null)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public Faults Faults { get; } = new();

    public RestartLoad? Load { get; private set; }

    /// <summary>Whether nothing was lost.</summary>
    public async Task<bool> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("wsaot-restart-").FullName;
        await using ServerProcess server = await ServerProcess.StartAsync(
            Path.GetFullPath(options.Server), ["--urls", "ws://127.0.0.1:0", "--drain-delay-ms", "0"], folder);
        int current = server.Id;
        try
        {
            await using (RestartLoad load = Load = new(new ServerAddress(server.Port), options, Faults))
            {
                load.Start();
                progress?.ExpectSeconds((options.Hold * (options.Restarts + 1)).TotalSeconds);
                progress?.Begin("load before the first restart", options.Hold.TotalSeconds);
                await Task.Delay(options.Hold);
                for (int i = 1; i <= options.Restarts; i++)
                {
                    progress?.Begin($"restart {i} of {options.Restarts}", options.Hold.TotalSeconds);
                    long connects = load.Connects;
                    current = await Takeover.RequestAsync(server, current, i);
                    await Task.Delay(options.Hold);
                    await output.WriteLineAsync(
                        $"  restart {i}: process {current}; {(load.Connects - connects) / options.Hold.TotalSeconds:F0} connects/s, "
                        + $"{load.Echoes} echoes, {load.Told} told 1012, {Faults.Count} faults so far");
                }
            }
        }
        finally
        {
            Signals.TrySend(current, Signal.Terminate);
        }

        // The log ends when the last process has.
        await server.Error.EndAsync().WaitAsync(s_patience);
        foreach (string line in server.Error.All.Where(static line => line.Contains(" error ", StringComparison.Ordinal)))
        {
            Faults.Add($"in the log: {line}");
        }

        int announced = server.Output.All.Count(ChildProcess.IsAnnouncement);
        if (announced != options.Restarts + 1) Faults.Add($"{announced} processes have listened");
        await output.WriteLineAsync(
            $"restart: {Load.Connects} connects, {Load.Echoes} echoes, {Load.Told} told 1012, {Faults.Count} faults");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
        Directory.Delete(folder, recursive: true);
        return Faults.Count == 0;
    }
}
