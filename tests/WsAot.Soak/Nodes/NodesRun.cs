using System.Diagnostics;
using System.Text.RegularExpressions;
using WsAot.Nats.Tests.Harness;
using WsAot.Soak.Checks;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Nodes;

/// <summary>
/// Servers on a NATS cluster, with clients that come and go, while nodes and NATS servers are killed and started again. At the end, each
/// client has every confirmed message once and in order, or was told that it was lost.
/// </summary>
internal sealed partial class NodesRun(NodesOptions options, TextWriter output, RunProgress? progress = null)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    // Until clients that miss nothing say so for the second time.
    private static readonly TimeSpan s_settling = s_patience / 3;

    private readonly Random _random = new(options.Seed);
    private int _nodeFailures;
    private int _natsFailures;
    private long _unconfirmed;

    public Faults Faults { get; } = new();

    /// <summary>The messages that the servers have confirmed.</summary>
    public int Confirmed { get; private set; }

    /// <summary>How many servers of both kinds were killed or stopped.</summary>
    public int Failures => _nodeFailures + _natsFailures;

    /// <summary>Whether there were no faults.</summary>
    public async Task<bool> RunAsync()
    {
        await using NatsTrio nats = await NatsTrio.StartAsync();
        await using NodeSet nodes = new(options.Server, nats.Url, options.Nodes);
        for (int node = 0; node < options.Nodes; node++) await nodes.StartAsync(node);
        using CancellationTokenSource publishing = new(), hearing = new();
        RoomLedger[] ledgers = [.. Enumerable.Range(0, options.Rooms).Select(static _ => new RoomLedger())];
        RoomClient[] clients =
        [
            .. Enumerable.Range(0, options.Clients)
                .Select(i => new RoomClient(nodes, $"r{i % options.Rooms}", options.Seed + i, hearing.Token)),
        ];
        Task[] publishers =
            [.. Enumerable.Range(0, options.Rooms).Select(room => PublishAsync(nodes, ledgers[room], room, publishing.Token))];
        await output.WriteLineAsync($"nodes: {options.Nodes} servers, 3 of NATS, {options.Clients} clients, {options.Rooms} rooms");
        progress?.ExpectSeconds((options.Duration + s_settling).TotalSeconds);
        progress?.Begin("all run", options.Duration.TotalSeconds);
        await FailAsync(nats, nodes, ledgers, clients);
        progress?.Begin("clients get what they miss", s_settling.TotalSeconds);
        await publishing.CancelAsync();
        await Task.WhenAll(publishers);
        foreach (RoomClient client in clients) client.CalmDown();
        await WaitAsync(clients);
        await hearing.CancelAsync();
        await Task.WhenAll(clients.Select(static client => client.Running));
        Confirmed = ledgers.Sum(static one => one.Count);
        Compare(clients, ledgers);
        for (int node = 0; node < options.Nodes; node++) await nodes.StopAsync(node, Faults);
        await TellAsync(clients);
        await TellLogAsync(nodes);
        return Faults.Count == 0;
    }

    private async Task PublishAsync(NodeSet nodes, RoomLedger ledger, int room, CancellationToken stop)
    {
        Random random = new(options.Seed + 1000 + room);
        TimeSpan pause = TimeSpan.FromSeconds(1.0 / options.MessagesPerSecond);
        for (int number = 0; !stop.IsCancellationRequested; number++)
        {
            string text = $"{room}-{number} {new string('x', random.Next(1, 2000))}";
            // Not cancelled: a pending message is confirmed or refused.
            if (await nodes.PublishAsync(random.Next(nodes.Count), $"r{room}", text, CancellationToken.None) is { } offset)
            {
                ledger.Confirm(offset, text);
            }
            else
            {
                Interlocked.Increment(ref _unconfirmed);
            }

            await Task.Delay(pause, CancellationToken.None);
        }
    }

    /// <summary>Makes one thing fail after the other until the time is over.</summary>
    private async Task FailAsync(NatsTrio nats, NodeSet nodes, RoomLedger[] ledgers, RoomClient[] clients)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (time.Elapsed < options.Duration)
        {
            await Task.Delay(options.FailureInterval * (0.5 + _random.NextDouble()));
            int victim = _random.Next(3);
            TimeSpan away = TimeSpan.FromMilliseconds(_random.Next(500, 6000));
            if (_random.Next(2) == 0)
            {
                _natsFailures++;
                progress?.Rename($"NATS server {victim + 1} is away");
                await nats.Servers[victim].KillAsync();
                await Task.Delay(away);
                await nats.Servers[victim].StartAgainAsync();
            }
            else
            {
                int node = victim % options.Nodes;
                _nodeFailures++;
                progress?.Rename($"node {node + 1} is away");
                if (_random.Next(3) == 0) await nodes.StopAsync(node, Faults);
                else await nodes.KillAsync(node);
                await Task.Delay(away);
                await nodes.StartAsync(node);
            }

            progress?.Rename("all run");
            await output.WriteLineAsync(
                $"  {time.Elapsed.TotalSeconds:F0} s of {options.Duration.TotalSeconds:F0}: "
                + $"{ledgers.Sum(static one => one.Count)} confirmed, {clients.Sum(static client => client.Connections)} connections, "
                + $"{_nodeFailures} nodes and {_natsFailures} NATS servers failed");
        }
    }

    private static async Task WaitAsync(RoomClient[] clients)
    {
        // The missing messages of each client shrink to none, or to a fault.
        Stopwatch patience = Stopwatch.StartNew();
        int last = -1;
        while (patience.Elapsed < s_patience)
        {
            await Task.Delay(2000);
            int heard = clients.Sum(static client => client.Heard.Count);
            if (heard == last && patience.Elapsed > s_settling) return;
            last = heard;
        }
    }

    private void Compare(RoomClient[] clients, RoomLedger[] ledgers)
    {
        for (int i = 0; i < clients.Length; i++)
        {
            foreach (string fault in clients[i].Faults) Faults.Add($"client {i}: {fault}");
            if (clients[i].Begin < 0) Faults.Add($"client {i} has never heard anything");
            List<string> differences = clients[i].Compare(ledgers[i % ledgers.Length]);
            if (differences.Count > 0) Faults.Add($"client {i}: {differences.Count}: {string.Join(", ", differences.Take(5))}");
        }
    }

    /// <summary>Prints the servers' warnings and errors. They are not faults, because NATS was not available.</summary>
    private async Task TellLogAsync(NodeSet nodes)
    {
        // Remove the times and numbers, which differ.
        IEnumerable<(string Line, int Count)> lines = nodes.Complaints
            .Select(static line => Digits().Replace(line, "0"))
            .GroupBy(static line => line, static (line, all) => (line, all.Count()))
            .OrderByDescending(static group => group.Item2);
        foreach ((string line, int count) in lines.Take(15)) await output.WriteLineAsync($"  {count} times: {line}");
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    private async Task TellAsync(RoomClient[] clients)
    {
        await output.WriteLineAsync(
            $"  {Confirmed} messages confirmed, {_unconfirmed} not; "
            + $"{clients.Sum(static client => client.Heard.Count)} heard on "
            + $"{clients.Sum(static client => client.Connections)} connections; "
            + $"{clients.Sum(static client => client.Gaps)} times told that something is gone, "
            + $"{clients.Sum(static client => client.Repairs)} times asked again; "
            + $"{_nodeFailures} nodes and {_natsFailures} NATS servers failed; {Faults.Count} faults");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
    }
}
