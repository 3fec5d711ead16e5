using System.Diagnostics;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Soaking;

/// <summary>
/// A soak, in three parts. First, the server is stopped and started a few times under load (two fifths of the time). Then the last server
/// is warmed up (one fifth) and measured. It stays under load for the rest, and is measured again.
/// </summary>
internal sealed class SoakRun(SoakOptions options, TextWriter output, RunProgress? progress = null)
{
    // Longer than the close timeout, which is how long a connection may outlive a client that is gone.
    private static readonly TimeSpan s_quietPatience = TimeSpan.FromSeconds(30);
    // What the three parts take besides: servers start and stop, and memory and descriptors come to rest.
    private static readonly TimeSpan s_checking = TimeSpan.FromSeconds(10);

    public SoakCounts Counts { get; } = new();

    public Faults Faults { get; } = new();

    public int DescriptorsBefore { get; private set; }

    public int DescriptorsAfter { get; private set; }

    public long ResidentAtStart { get; private set; }

    public long ResidentAfterWarmUp { get; private set; }

    public long ResidentAfter { get; private set; }

    public long ResidentPeak { get; private set; }

    /// <summary>Whether there were no faults.</summary>
    public async Task<bool> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        progress?.ExpectSeconds((options.Duration + s_checking).TotalSeconds);
        await RestartUnderLoadAsync(options.Duration * 0.4);
        await MeasureAsync(options.Duration * 0.2, options.Duration * 0.4);
        await ReportAsync(watch.Elapsed);
        return Faults.Count == 0;
    }

    private async Task RestartUnderLoadAsync(TimeSpan duration)
    {
        if (options.Restarts == 0) return;
        SoakLoad load = new(options, Counts, Faults);
        load.Start(options.Seed);
        for (int i = 0; i < options.Restarts; i++)
        {
            await using ServerUnderTest server = await StartServerAsync();
            load.Server = server;
            progress?.Begin($"load, restart {i + 1} of {options.Restarts}", (duration / options.Restarts).TotalSeconds);
            await LetRunAsync(server, duration / options.Restarts);
            if (i < options.Restarts - 1)
            {
                await server.StopAsync(Faults);
            }
            else
            {
                // The last of these is stopped under load, too; the next part has its own load.
                Task ending = server.StopAsync(Faults);
                await load.EndAsync();
                await ending;
            }

            Counts.Restarts++;
            NoteComplaints(server);
        }
    }

    private async Task MeasureAsync(TimeSpan warmUp, TimeSpan rest)
    {
        await using ServerUnderTest server = await StartServerAsync();
        progress?.Begin("one visit", (s_checking / 2).TotalSeconds);
        // One visit, so that what a server opens only once is open.
        await LoadAsync(server, TimeSpan.FromMilliseconds(300), options.Seed + 1);
        DescriptorsBefore = await QuietAsync(server, int.MaxValue);
        ResidentAtStart = server.ResidentBytes;
        progress?.Begin("warm-up", warmUp.TotalSeconds);
        await LoadAsync(server, warmUp, options.Seed + 2);
        await CheckDescriptorsAsync(server, "after the warm-up");
        ResidentAfterWarmUp = server.ResidentBytes;
        progress?.Begin("load", rest.TotalSeconds);
        await LoadAsync(server, rest, options.Seed + 3);
        progress?.Begin("memory and descriptors at the end", (s_checking / 2).TotalSeconds);
        await CheckDescriptorsAsync(server, "at the end");
        long allowed = SoakOptions.AllowedResidentBytes(ResidentAfterWarmUp);
        for (Stopwatch patience = Stopwatch.StartNew();
            (ResidentAfter = server.ResidentBytes) > allowed && patience.Elapsed < s_quietPatience;)
        {
            await Task.Delay(500);
        }

        if (ResidentAfter > allowed)
        {
            Faults.Add(
                $"resident memory is {Format.MiB(ResidentAfter)} at the end; {Format.MiB(ResidentAfterWarmUp)} after the warm-up allow "
                + $"{Format.MiB(allowed)}");
        }

        await server.StopAsync(Faults);
        NoteComplaints(server);
    }

    private async Task LoadAsync(ServerUnderTest server, TimeSpan duration, int seed)
    {
        SoakLoad load = new(options, Counts, Faults) { Server = server };
        load.Start(seed);
        await LetRunAsync(server, duration);
        await load.EndAsync();
    }

    private async Task LetRunAsync(ServerUnderTest server, TimeSpan duration)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < duration;)
        {
            ResidentPeak = Math.Max(ResidentPeak, server.ResidentBytes);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp((duration - watch.Elapsed).TotalMilliseconds, 1, 100)));
        }
    }

    private async Task CheckDescriptorsAsync(ServerUnderTest server, string when)
    {
        DescriptorsAfter = await QuietAsync(server, DescriptorsBefore);
        if (DescriptorsAfter > DescriptorsBefore) Faults.Add($"{DescriptorsAfter} descriptors {when}, {DescriptorsBefore} before");
    }

    /// <summary>Waits until at most this many descriptors are open and their number is stable, or until the time limit.</summary>
    private static async Task<int> QuietAsync(ServerUnderTest server, int most)
    {
        int last = -1;
        int rests = 0;
        for (Stopwatch patience = Stopwatch.StartNew(); patience.Elapsed < s_quietPatience && rests < 4;)
        {
            int now = server.Descriptors;
            rests = now == last && now <= most ? rests + 1 : 0;
            last = now;
            await Task.Delay(250);
        }

        return last;
    }

    private Task<ServerUnderTest> StartServerAsync() => ServerUnderTest.StartAsync(
        options.Server, options.UsesTls, "--transport", options.Transport, "--compression", options.Compression,
        // Pings are part of the load. On a busy machine, the server must not drop a client that reads.
        "--ping-interval-ms", "5000", "--pong-timeout-ms", "60000", "--close-timeout-ms", "15000", "--drain-timeout-ms", "30000");

    private void NoteComplaints(ServerUnderTest server)
    {
        foreach (string line in server.Complaints) Faults.Add($"in the server's log: {line}");
    }

    private async Task ReportAsync(TimeSpan elapsed)
    {
        await output.WriteLineAsync(
            $"""
            soak: {elapsed.TotalSeconds:F0} s, {options.Wire}, compression {options.Compression}, seed {options.Seed}
              connections    {Counts.Connections}, and {Counts.NotConnectedWhileStopping} not made while the server stopped
              echoes         {Counts.Echoes}, {Format.MiB(Counts.EchoBytes)}, {Counts.Pings} pings between fragments
              chat           {Counts.ChatMessages} messages heard in {Counts.ChatRounds} rounds
              kills          {Counts.KillsByReset} by reset, {Counts.KillsByFin} by FIN
              stalls         {Counts.Stalls}
              restarts       {Counts.Restarts}, {Counts.ToldGoingAway} clients were told 1001
              resident       {Format.MiB(ResidentAtStart)} at first, {Format.MiB(ResidentAfterWarmUp)} after the warm-up, {Format.MiB(ResidentAfter)} at the end ({Format.MiB(SoakOptions.AllowedResidentBytes(ResidentAfterWarmUp))} allowed), peak {Format.MiB(ResidentPeak)}
              descriptors    {DescriptorsBefore} before, {DescriptorsAfter} after
              faults         {Faults.Count}
            """);
        foreach (string fault in Faults.First) await output.WriteLineAsync("    " + fault);
    }
}
