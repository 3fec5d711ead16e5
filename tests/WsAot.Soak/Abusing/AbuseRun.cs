using System.Diagnostics;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Abusing;

/// <summary>Kind after kind against one server, and then all kinds at once, with an honest client beside them.</summary>
internal sealed class AbuseRun(AbuseOptions options, TextWriter output, RunProgress? progress = null)
{
    // The pause between rounds over all connections: long enough that the run measures the server, not the abuser.
    private const int RoundMs = 100;
    // A faster flood to each of 1,000 connections would measure the machine's copying. 200 KB/s fill what the server may keep for each
    // within the hold.
    private const int FloodBytesPerSecond = 200_000;

    private static readonly TimeSpan s_openingPatience = TimeSpan.FromSeconds(15);
    // How long the server may take to free what a kind has left.
    private static readonly TimeSpan s_quietPatience = TimeSpan.FromSeconds(30);

    // Of a kind, besides its hold: its connections open, and the server comes to rest.
    private static readonly TimeSpan s_opening = TimeSpan.FromSeconds(2);

    private readonly List<AbuseResult> _results = [];
    // The memory of the unused server: each kind is compared with this, so that leftovers cannot add up.
    private long _restBytes;

    public Faults Faults { get; } = new();

    public IReadOnlyList<AbuseResult> Results => _results;

    public int DescriptorsBefore { get; private set; }

    public int DescriptorsAfter { get; private set; }

    /// <summary>Whether the server passed.</summary>
    public async Task<bool> RunAsync()
    {
        IReadOnlyList<AbuseKind> all = AbuseKinds.All(options.Compression != "none", options.UsesTls);
        AbuseKind[] kinds = [.. all.Where(kind => Selection.IsWanted(kind.Name, options.Only))];
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            options.Server, options.UsesTls, "--transport", options.Transport, "--compression", options.Compression);
        await output.WriteLineAsync(
            $"abuse: {options.Connections} connections of each kind, held {options.Hold.TotalSeconds} s, {options.Wire}, "
            + $"compression {options.Compression}");
        await output.WriteLineAsync(AbuseResult.Header);
        progress?.ExpectSeconds((kinds.Length + (options.Together ? 2 : 1)) * SecondsOfKind);
        using (HonestClient honest = new(server.Address))
        {
            await Task.Delay(1000);
            DescriptorsBefore = server.Descriptors;
            _restBytes = server.ResidentBytes + AbuseOptions.MaxKeptBytes;
            await NoteAsync(Measure("nothing", [], server, honest));
            foreach (AbuseKind kind in kinds) await NoteAsync(Measure(kind.Name, [kind], server, honest));
            if (options.Together) await NoteAsync(Measure("all at once", kinds, server, honest));
            if (honest.Fault is { } fault) Faults.Add($"the honest client: {fault}");
            DescriptorsAfter = server.Descriptors;
        }

        await server.StopAsync(Faults);
        foreach (string line in server.Complaints) Faults.Add($"in the server's log: {line}");
        await output.WriteLineAsync($"  descriptors {DescriptorsBefore} before, {DescriptorsAfter} after; faults {Faults.Count}");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
        return Faults.Count == 0;
    }

    private double SecondsOfKind => (options.Hold + s_opening).TotalSeconds;

    private AbuseResult Measure(string name, IReadOnlyList<AbuseKind> kinds, ServerUnderTest server, HonestClient honest)
    {
        progress?.Begin(name, SecondsOfKind);
        AbuseConnection[] connections =
            [.. kinds.SelectMany(kind =>
            Enumerable.Range(0, options.Connections).Select(number => new AbuseConnection(kind, number, server.Address)))];
        Flooder[] flooders =
        [
            .. kinds.Where(static kind => kind.FloodMessageBytes > 0)
                .Select(kind => new Flooder(server.Address, kind.Path!, kind.FloodMessageBytes, FloodBytesPerSecond)),
        ];
        long before = server.ResidentBytes;
        long allowed = AbuseOptions.BaseBytes + kinds.Sum(kind => (long)kind.MaxBytesEach) * options.Connections;
        honest.Take();
        long peak = Hold(connections, flooders, server);
        EchoTimes echoes = honest.Take();
        int held = connections.Count(connection => connection.IsHeld);
        foreach (AbuseConnection connection in connections) connection.Dispose();
        foreach (Flooder flooder in flooders) flooder.Dispose();
        AwaitQuiet(server);
        return new AbuseResult(
            name,
            Math.Max(1, connections.Length),
            held,
            connections.Sum(connection => connection.Endings),
            before,
            peak,
            server.ResidentBytes,
            allowed,
            echoes);
    }

    /// <summary>Opens all connections, keeps them busy until the time is over, and returns the server's peak memory.</summary>
    private long Hold(AbuseConnection[] connections, Flooder[] flooders, ServerUnderTest server)
    {
        Dictionary<AbuseKind, int> openings = new(ReferenceEqualityComparer.Instance);
        long peak = server.ResidentBytes;
        Stopwatch total = Stopwatch.StartNew();
        Stopwatch? hold = null;
        while (hold is null || hold.Elapsed < options.Hold)
        {
            long start = Stopwatch.GetTimestamp();
            openings.Clear();
            int open = 0;
            foreach (AbuseConnection connection in connections)
            {
                if (connection.NeedsOpening)
                {
                    openings.TryGetValue(connection.Kind, out int count);
                    openings[connection.Kind] = count + 1;
                    if (count < connection.Kind.OpeningsPerRound) connection.Open();
                }

                connection.Round();
                if (!connection.NeedsOpening) open++;
            }

            foreach (Flooder flooder in flooders) flooder.Round();
            peak = Math.Max(peak, server.ResidentBytes);
            // If the server ends connections of a kind, they are never all open.
            if (open >= connections.Length * 9 / 10 || total.Elapsed > s_openingPatience) hold ??= Stopwatch.StartNew();
            int rest = RoundMs - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (rest > 0) Thread.Sleep(rest);
        }

        return peak;
    }

    private void AwaitQuiet(ServerUnderTest server)
    {
        for (Stopwatch patience = Stopwatch.StartNew(); patience.Elapsed < s_quietPatience && !IsQuiet(server);) Thread.Sleep(100);
    }

    private bool IsQuiet(ServerUnderTest server) =>
        server.Descriptors <= DescriptorsBefore && server.ResidentBytes <= _restBytes;

    private async Task NoteAsync(AbuseResult result)
    {
        _results.Add(result);
        await output.WriteLineAsync(result.ToString());
        if (result.Peak > result.Allowed)
        {
            Faults.Add($"{result.Name}: {Format.MiB(result.Peak)} resident, {Format.MiB(result.Allowed)} allowed");
        }

        if (result.After > _restBytes)
        {
            Faults.Add(
                $"{result.Name}: {Format.MiB(result.After)} resident {s_quietPatience.TotalSeconds} s after its end, "
                + $"{Format.MiB(_restBytes)} allowed");
        }

        if (result.Echoes.Count == 0) Faults.Add($"{result.Name}: the honest client got no answer");
        if (options.ChecksLatency && result.Echoes.P99 > AbuseOptions.MaxHonestMs)
        {
            Faults.Add($"{result.Name}: the honest client waited {result.Echoes.P99:F1} ms at the 99th percentile");
        }
    }
}
