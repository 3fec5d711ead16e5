using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>
/// One process of the server, with its own admin address. A connection that does not answer its close frame keeps the process running until
/// its metrics have been read for the last time.
/// </summary>
internal sealed class Generation : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Scraper _scraper;
    private readonly ClientSocket _anchor;

    private Generation(int processId, double startTime, Scraper scraper, ClientSocket anchor)
    {
        (ProcessId, StartTime) = (processId, startTime);
        (_scraper, _anchor) = (scraper, anchor);
    }

    /// <summary>For <c>--admin-urls</c>: a name that leaves no file behind, and differs from run to run.</summary>
    public static string AdminUrl(string run) => $"http://unix:@wsaot-operate-{run}-{{pid}}";

    public int ProcessId { get; }

    /// <summary>The start time in its metrics.</summary>
    public double StartTime { get; }

    /// <summary>Call this when the process is the only one that still accepts.</summary>
    public static async Task<Generation> FindAsync(int processId, string run, ServerAddress server)
    {
        string name = $"\0wsaot-operate-{run}-{processId.ToString(CultureInfo.InvariantCulture)}";
        Scraper scraper = new(new UnixDomainSocketEndPoint(name));
        Scrape first = await scraper.ScrapeAsync();
        ClientSocket anchor = new(server);
        anchor.Connect();
        // In its own room, on the route whose figures need not be equal.
        anchor.Send(OpeningHandshake.Request("/chat/anchor", offersDeflate: false));
        byte[] head = new byte[1024];
        OpeningHandshake.Check(head.AsSpan(0, anchor.Receive(head)));
        if ((await scraper.ScrapeAsync())[Opened] <= first[Opened]) throw new InvalidOperationException("Another process has answered.");
        return new Generation(processId, first.StartTime, scraper, anchor);
    }

    private static string Opened => "wsaot_connections_opened_total{route=\"/chat/{room}\"}";

    /// <summary>The metrics when the last honest connection has ended and no handshake is open.</summary>
    public async Task<Scrape?> ReadLastAsync(Faults faults)
    {
        Scrape? last = null;
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < s_patience;)
        {
            try
            {
                last = await _scraper.ScrapeAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or FormatException)
            {
                faults.Add($"the last metrics of process {ProcessId}: {exception.Message}");
                return null;
            }

            if (IsAtRest(last)) return last;
            await Task.Delay(100);
        }

        faults.Add($"process {ProcessId} has connections {s_patience.TotalSeconds} s after its end began: {Describe(last!)}");
        return last;
    }

    /// <summary>Lets the process end, which was told to stop, and waits for its end.</summary>
    public async Task EndAsync(TimeSpan patience, Faults faults)
    {
        Dispose();
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < patience;)
        {
            if (ProcessMeter.ResidentBytes(ProcessId) == 0) return;
            await Task.Delay(50);
        }

        faults.Add($"process {ProcessId} has not ended within {patience.TotalSeconds} s");
    }

    public void Dispose()
    {
        _anchor.Dispose();
        _scraper.Dispose();
    }

    private static bool IsAtRest(Scrape scrape) =>
        scrape["wsaot_handshakes"] == 0 && Living(scrape).Sum(static sample => sample.Value) == 0;

    private static string Describe(Scrape scrape) =>
        string.Join(", ", Living(scrape).Select(static sample => $"{sample.Key} {sample.Value}"));

    private static IEnumerable<KeyValuePair<string, double>> Living(Scrape scrape) =>
        scrape.Of("wsaot_connections").Where(static sample => !sample.Key.Contains("/chat/", StringComparison.Ordinal));
}
