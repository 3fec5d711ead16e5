using System.Diagnostics;
using System.Globalization;
using System.Net;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Operating;

/// <summary>
/// A server in operation: clients of all kinds, with abusers beside them, a scrape each second, reloads, and now and then a restart. At the
/// end, the metrics of all its processes together equal the clients' counts.
/// </summary>
internal sealed class OperatingRun(OperatingOptions options, TextWriter output, RunProgress? progress = null)
{
    private const string AdminListens = "The admin listener listens on ";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    // What the end takes where all is well.
    private static readonly TimeSpan s_ending = TimeSpan.FromSeconds(10);

    private readonly List<Scrape> _finals = [];

    public Faults Faults { get; } = new();

    public OperatingLoad? Load { get; private set; }

    public Balance? Balance { get; private set; }

    public int Reloads { get; private set; }

    public int Scrapes { get; private set; }

    /// <summary>Whether there were no faults.</summary>
    public async Task<bool> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        string folder = Directory.CreateTempSubdirectory("wsaot-operate-").FullName;
        await Settings.WriteAsync(folder, 0);
        string run = Guid.NewGuid().ToString("N")[..8];
        await using ServerProcess server = await ServerProcess.StartAsync(
            Path.GetFullPath(options.Server), Arguments(run), folder);
        int current = server.Id;
        try
        {
            using Scraper scraper = new(await FindAdminAsync(server));
            using CancellationTokenSource end = new();
            ScrapeWatch scrapes = new(scraper, Faults);
            Task scraping = scrapes.RunAsync(end.Token);
            ServerAddress address = new(server.Port);
            using Abusers abusers = new(address, options.Abusers);
            Load = new OperatingLoad(options, address, Faults);
            Load.Start();
            current = await OperateAsync(server, address, folder, run, abusers, scrapes);
            await end.CancelAsync();
            await scraping;
            Scrapes = scrapes.Count;
        }
        finally
        {
            Signals.TrySend(current, Signal.Terminate);
        }

        await CheckLogAsync(server);
        if (_finals.Count == options.Restarts + 1)
        {
            Balance = new Balance(_finals, Faults);
            Balance.Check(Load.Tallies);
        }

        await ReportAsync(watch.Elapsed);
        Directory.Delete(folder, recursive: true);
        return Faults.Count == 0;
    }

    private IEnumerable<string> Arguments(string run) =>
    [
        "--urls", "ws://127.0.0.1:0", "--transport", options.Transport, "--compression", options.Compression,
        "--admin-urls", $"http://127.0.0.1:0;{Generation.AdminUrl(run)}",
        // On a busy machine, the server must not give up a client that answers.
        "--drain-timeout-ms", Milliseconds(options.DrainTimeout), "--close-timeout-ms", Milliseconds(options.DrainTimeout * 0.75),
        "--drain-delay-ms", "0",
    ];

    private static string Milliseconds(TimeSpan time) => ((int)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <returns>The last process, which has not been told to stop.</returns>
    private async Task<int> OperateAsync(
        ServerProcess server, ServerAddress address, string folder, string run, Abusers abusers, ScrapeWatch scrapes)
    {
        Generation generation = await Generation.FindAsync(server.Id, run, address);
        List<Task> ends = [];
        try
        {
            TimeSpan part = options.Duration / (options.Restarts + 1);
            progress?.ExpectSeconds((options.Duration + s_ending).TotalSeconds);
            progress?.Begin("load before the first restart", part.TotalSeconds);
            await HoldAsync(part, generation, folder);
            await scrapes.AwaitAsync(generation.StartTime, s_patience);
            for (int i = 1; i <= options.Restarts; i++)
            {
                progress?.Begin($"restart {i} of {options.Restarts}", part.TotalSeconds);
                int next = await Takeover.RequestAsync(server, generation.ProcessId, i);
                if (await generation.ReadLastAsync(Faults) is { } past) _finals.Add(past);
                ends.Add(generation.EndAsync(options.DrainTimeout * 2, Faults));
                generation = await Generation.FindAsync(next, run, address);
                await output.WriteLineAsync(
                    $"  restart {i}: process {next}; {Load!.Tallies.Echo.Acknowledged} echoes, {Faults.Count} faults so far");
                await HoldAsync(part, generation, folder);
                await scrapes.AwaitAsync(generation.StartTime, s_patience);
            }

            progress?.Begin("the clients end", s_ending.TotalSeconds);
            await Load!.EndAsync();
            abusers.Dispose();
            if (await generation.ReadLastAsync(Faults) is { } last) _finals.Add(last);
            await Task.WhenAll(ends);
            return generation.ProcessId;
        }
        finally
        {
            generation.Dispose();
        }
    }

    private async Task HoldAsync(TimeSpan duration, Generation generation, string folder)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < duration;)
        {
            TimeSpan rest = duration - watch.Elapsed;
            bool isReloaded = rest > options.ReloadInterval;
            await Task.Delay(isReloaded ? options.ReloadInterval : rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            if (!isReloaded) return;
            await Settings.WriteAsync(folder, ++Reloads);
            Signals.Send(generation.ProcessId, Signal.HangUp);
        }
    }

    private static async Task<IPEndPoint> FindAdminAsync(ServerProcess server)
    {
        using CancellationTokenSource guard = new(s_patience);
        string line = (await server.Error.WaitForAsync(
            static line => line.Contains(AdminListens, StringComparison.Ordinal), 1, guard.Token))[0];
        string urls = line[(line.IndexOf(AdminListens, StringComparison.Ordinal) + AdminListens.Length)..];
        return new IPEndPoint(IPAddress.Loopback, new Uri(urls.Split(' ')[0].TrimEnd('.')).Port);
    }

    private async Task CheckLogAsync(ServerProcess server)
    {
        // The log ends when the last process has.
        await server.Error.EndAsync().WaitAsync(s_patience);
        foreach (string line in server.Error.All.Where(static line => line.Contains(" error ", StringComparison.Ordinal)))
        {
            Faults.Add($"in the log: {line}");
        }

        int changes = server.Error.All.Count(static line => line.Contains(Settings.Changed, StringComparison.Ordinal));
        if (changes != Reloads) Faults.Add($"{Reloads} reloads, of which {changes} have changed the options");
    }

    private async Task ReportAsync(TimeSpan elapsed)
    {
        Tallies tallies = Load!.Tallies;
        string calls = string.Join(
            ", ",
            tallies.Calls.OrderBy(static call => call.Key)
                .Select(static call => string.Create(CultureInfo.InvariantCulture, $"{call.Key.Method} {call.Key.Outcome} {call.Value}")));
        long echoed = tallies.Echo.TextBytesReceived + tallies.Echo.BinaryBytesReceived;
        long unanswered = tallies.Echo.TextsSent + tallies.Echo.BinariesSent - tallies.Echo.Acknowledged;
        long told = tallies.Echo.Stopped + tallies.Rpc.Stopped + tallies.Chat.Stopped;
        await output.WriteLineAsync(
            $"""
            operate: {elapsed.TotalSeconds:F0} s, transport {options.Transport}, compression {options.Compression}, seed {options.Seed}
              connections    {tallies.Echo.Opened} of echoes, {tallies.Rpc.Opened} of callers, {tallies.Chat.Opened} of chat members
              echoes         {tallies.Echo.Acknowledged}, {Format.MiB(echoed)}, {tallies.Echo.PongsReceived} pongs
              not answered   {unanswered} messages that were on their way when a process was replaced
              chat           {tallies.Chat.TextsSent} messages that all have heard
              calls          {calls}; {tallies.RefusedCalls.Values.Sum()} refused
              requests       {tallies.NotFound} not found, {tallies.Options} of OPTIONS
              restarts       {options.Restarts}, {told} clients were told 1012
              reloads        {Reloads}
              scrapes        {Scrapes}
              compared       {Balance?.Compared ?? 0} sums of metrics
              faults         {Faults.Count}
            """);
        foreach (string fault in Faults.First) await output.WriteLineAsync("    " + fault);
    }
}
