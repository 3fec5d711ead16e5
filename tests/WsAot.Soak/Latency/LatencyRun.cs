using System.Diagnostics;
using System.Text;
using WsAot.Soak.Abusing;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;
using WsAot.TestKit.Reporting;

namespace WsAot.Soak.Latency;

/// <summary>
/// Measures the latency of honest clients beside attackers. Each cell of the table has its own server, so that no cell suffers from an
/// earlier one.
/// </summary>
internal sealed class LatencyRun(LatencyOptions options, TextWriter output, RunProgress? progress = null)
{
    private static readonly TimeSpan s_probePatience = TimeSpan.FromSeconds(30);
    // A server starts and stops, and attackers connect.
    private static readonly TimeSpan s_opening = TimeSpan.FromSeconds(1);

    private readonly List<LatencyCell> _cells = [];

    public Faults Faults { get; } = new();

    public IReadOnlyList<LatencyCell> Cells => _cells;

    /// <summary>Whether all clients were served. Their latency is not judged here, only printed.</summary>
    public async Task<bool> RunAsync()
    {
        Attack[] attacks = [.. Attacks.All.Where(attack => Selection.IsWanted(attack.Name, options.Only))];
        int files = options.Baseline is null ? 1 : 2;
        progress?.ExpectSeconds(options.Transports.Count * attacks.Length * options.Attackers.Count * files * SecondsOfCell);
        foreach (string transport in options.Transports)
        {
            List<string> rows = [];
            foreach (Attack attack in attacks) rows.AddRange(await MeasureAsync(attack, transport));
            string where = $"Transport {transport}{(options.UsesTls ? ", over TLS" : "")}, {options.Loops} loops";
            await output.WriteLineAsync($"\n{where}; ms: median / 99th percentile / longest\n");
            await output.WriteLineAsync($"| attackers | {string.Join(" | ", options.Attackers.Select(Column))} |");
            await output.WriteLineAsync($"|---|{string.Concat(options.Attackers.Select(static _ => "---|"))}");
            foreach (string row in rows) await output.WriteLineAsync(row);
            await output.WriteLineAsync();
        }

        await output.WriteLineAsync($"  faults {Faults.Count}");
        foreach (string line in Faults.First) await output.WriteLineAsync("    " + line);
        return Faults.Count == 0;
    }

    private double SecondsOfCell => (s_opening + options.WarmUp + options.Hold).TotalSeconds;

    private static string Column(int attackers) => attackers == 0 ? "none" : $"{attackers}";

    /// <summary>Measures the rows of an attack. Two files take turns, so that other work on the machine affects both.</summary>
    private async Task<IReadOnlyList<string>> MeasureAsync(Attack attack, string transport)
    {
        string baseline = $"{attack.Name}, baseline";
        (string File, string Name)[] files = options.Baseline is { } file
            ? [(file, baseline), (options.Server, attack.Name)]
            : [(options.Server, attack.Name)];
        List<string>[] rows = [.. files.Select(static _ => new List<string>())];
        foreach (int attackers in options.Attackers)
        {
            for (int i = 0; i < files.Length; i++)
            {
                LatencyCell cell = await MeasureAsync(attack, attackers, files[i].File, files[i].Name, transport);
                _cells.Add(cell);
                await output.WriteLineAsync($"{transport,-7} {cell}");
                rows[i].Add(cell.Figures);
            }
        }

        return [.. files.Zip(rows, static (named, row) => $"| {named.Name} | {string.Join(" | ", row)} |")];
    }

    private async Task<LatencyCell> MeasureAsync(Attack attack, int attackers, string file, string name, string transport)
    {
        string where = $"{transport} {name}, {attackers} attackers";
        progress?.Begin(where, SecondsOfCell);
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            file, options.UsesTls, "--transport", transport, "--compression", attack.Compression, "--loops", $"{options.Loops}");
        if (attackers > 0 && await ProbeAsync(attack, server.Address) is { } wrong) Faults.Add($"{where}: {wrong}");
        LatencyCell cell;
        HonestClient[] honest = [.. Enumerable.Range(0, options.Loops).Select(_ => new HonestClient(server.Address))];
        try
        {
            using AttackDriver driver = new(attack, attackers, attack.Audience / options.AudienceDivisor, server.Address);
            if (driver.AwaitOpen() is { } fault) Faults.Add($"{where}: {fault}");
            await Task.Delay(options.WarmUp);
            cell = await HoldAsync(name, attackers, honest, driver, server);
            if (driver.AudienceEndings > 0) Faults.Add($"{where}: {driver.AudienceEndings} of the audience were ended");
        }
        finally
        {
            foreach (HonestClient client in honest) client.Dispose();
        }

        foreach (HonestClient client in honest.Where(static client => client.Fault is not null))
        {
            Faults.Add($"{where}: an honest client: {client.Fault}");
        }

        await server.StopAsync(Faults);
        foreach (string line in server.Complaints) Faults.Add($"{where}: in the server's log: {line}");
        return cell;
    }

    /// <summary>Null if the server does what the attackers want; otherwise, what it did instead.</summary>
    private static async Task<string?> ProbeAsync(Attack attack, ServerAddress server)
    {
        if (attack.Answer == "") return null;
        using CancellationTokenSource patience = new(s_probePatience);
        using SoakClient client = await SoakClient.ConnectAsync(server, attack.Path, offersDeflate: false, patience.Token);
        await client.SendRawAsync(attack.Frames, patience.Token);
        string answer = Encoding.UTF8.GetString((await client.ReceiveAsync(patience.Token)).Payload);
        return answer.Contains(attack.Answer, StringComparison.Ordinal) ? null : $"answered with {answer[..Math.Min(answer.Length, 200)]}";
    }

    private async Task<LatencyCell> HoldAsync(
        string name, int attackers, HonestClient[] honest, AttackDriver driver, ServerUnderTest server)
    {
        foreach (HonestClient client in honest) client.Take();
        (long sent, long heard) = (driver.SentBytes, driver.AudienceBytes);
        TimeSpan serverCpu = server.CpuTime;
        TimeSpan ownCpu = Environment.CpuUsage.TotalTime;
        TimeSpan machine = ProcessMeter.MachineCpuTime;
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(options.Hold);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        EchoTimes[] seen = [.. honest.Select(static client => client.Take())];
        serverCpu = server.CpuTime - serverCpu;
        ownCpu = Environment.CpuUsage.TotalTime - ownCpu;
        machine = ProcessMeter.MachineCpuTime - machine;
        return new LatencyCell(
            name,
            attackers,
            EchoTimes.WorstOf(seen),
            (driver.SentBytes - sent) / seconds / 1e6,
            (driver.AudienceBytes - heard) / seconds / 1e6,
            serverCpu.TotalSeconds / seconds * 100,
            Math.Max(0, (machine - serverCpu - ownCpu).TotalSeconds / seconds * 100),
            driver.AttackerEndings);
    }
}
