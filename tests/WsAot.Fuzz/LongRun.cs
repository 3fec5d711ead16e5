using System.Diagnostics;
using WsAot.TestKit.Reporting;

namespace WsAot.Fuzz;

/// <summary>Goes round the targets, a second each, until the time is over, and says how far it came.</summary>
internal sealed class LongRun(IReadOnlyList<FuzzTarget> targets, ulong seed, TextWriter output, RunProgress progress)
{
    private const long TurnMs = 1000;
    private const long StuckMs = 60_000;
    private const int MaxFindingsPerTarget = 20;
    private const int Reports = 10;
    private static readonly TimeSpan s_shortestReportInterval = TimeSpan.FromMinutes(1);

    private readonly List<Entry> _entries =
        [.. targets.Select(target => new Entry(target, new Fuzzer(target, seed, Corpus.Seeds(target.Name))))];

    public int Run(TimeSpan time, Stopwatch clock)
    {
        using var watchdog = new Timer(_ => LookForHang(), null, StuckMs, StuckMs / 4);
        TimeSpan interval = time / Reports > s_shortestReportInterval ? time / Reports : s_shortestReportInterval;
        TimeSpan nextReport = interval;
        progress.ExpectSeconds(time.TotalSeconds);
        progress.Begin(_entries[0].Target.Name, time.TotalSeconds);
        for (int turn = 0; clock.Elapsed < time && _entries.Exists(static entry => !entry.IsFull); turn++)
        {
            Entry entry = _entries[turn % _entries.Count];
            if (!entry.IsFull)
            {
                progress.Rename(entry.Target.Name);
                TakeTurn(entry);
            }

            if (clock.Elapsed < nextReport) continue;
            nextReport += interval;
            Report(clock.Elapsed);
        }

        Report(clock.Elapsed);
        return _entries.Exists(static entry => entry.Findings > 0) ? 1 : 0;
    }

    private void TakeTurn(Entry entry)
    {
        var turn = Stopwatch.StartNew();
        while (turn.ElapsedMilliseconds < TurnMs && !entry.IsFull)
        {
            if (entry.Fuzzer.TryNext() is not { } finding) continue;
            entry.Findings++;
            string path = Path.GetRelativePath(Directory.GetCurrentDirectory(), Corpus.Keep(finding));
            output.WriteLine($"FOUND {finding.Target} #{finding.Number}, kept as {path}\n{finding.Problem}\n");
        }

        entry.Elapsed += turn.Elapsed;
    }

    private void Report(TimeSpan elapsed)
    {
        output.WriteLine(
            FormattableString.Invariant($"{elapsed:hh\\:mm\\:ss}  {"target",-12}{"inputs",14}{"inputs/s",12}{"findings",10}"));
        foreach (Entry entry in _entries)
        {
            double rate = entry.Fuzzer.Tried / Math.Max(0.001, entry.Elapsed.TotalSeconds);
            output.WriteLine(
                FormattableString.Invariant($"          {entry.Target.Name,-12}{entry.Fuzzer.Tried,14:N0}{rate,12:N0}{entry.Findings,10}"));
        }
    }

    // An input that never ends cannot be minimized, but it can be kept.
    private void LookForHang()
    {
        foreach (Entry entry in _entries)
        {
            long since = entry.Fuzzer.BusySinceMs;
            if (since == 0 || Environment.TickCount64 - since < StuckMs) continue;
            string path = Corpus.Keep(new Finding(entry.Target.Name, entry.Fuzzer.Tried, entry.Fuzzer.Current, "It does not end."));
            output.WriteLine($"FOUND {entry.Target.Name}: an input that does not end, kept as {Path.GetFileName(path)}");
            Environment.Exit(1);
        }
    }

    private sealed class Entry(FuzzTarget target, Fuzzer fuzzer)
    {
        public FuzzTarget Target => target;

        public Fuzzer Fuzzer => fuzzer;

        public TimeSpan Elapsed { get; set; }

        public int Findings { get; set; }

        public bool IsFull => Findings >= MaxFindingsPerTarget;
    }
}
