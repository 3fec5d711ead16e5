using System.Diagnostics;
using WsAot.Soak.Checks;

namespace WsAot.Soak.Operating;

/// <summary>Scrapes every second: one of the processes must always answer, and no counter of a process may ever fall.</summary>
internal sealed class ScrapeWatch(Scraper scraper, Faults faults)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<double, Scrape> _last = [];
    private double _newest;

    public int Count { get; private set; }

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                Take(await scraper.ScrapeAsync());
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or FormatException)
            {
                faults.Add($"a scrape: {exception.Message} {exception.InnerException?.Message}");
            }

            await Task.Delay(s_interval, end).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Waits until the process with this start time answers.</summary>
    public async Task AwaitAsync(double startTime, TimeSpan patience)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); Volatile.Read(ref _newest) != startTime; await Task.Delay(50))
        {
            if (watch.Elapsed < patience) continue;
            faults.Add($"the shared address is not answered by the process that was started at {startTime}");
            return;
        }
    }

    private void Take(Scrape scrape)
    {
        Count++;
        if (_last.TryGetValue(scrape.StartTime, out Scrape? earlier))
        {
            foreach (string fallen in scrape.FindFallen(earlier)) faults.Add(fallen);
        }

        _last[scrape.StartTime] = scrape;
        Volatile.Write(ref _newest, scrape.StartTime);
    }
}
