using System.Globalization;

namespace WsAot.TestKit.Reporting;

/// <summary>
/// Shows what a long command does now, how far it is, and about how long the rest takes. On a terminal, this is one line that is rewritten
/// in place. Elsewhere it is a plain line for each tenth of the whole, and at most one each second.
/// </summary>
/// <remarks>Any thread may call it: a timer rewrites the line while a step runs.</remarks>
public sealed class RunProgress : IDisposable
{
    // Of the whole: until so much is done, the estimate follows what was expected rather than what the first steps took.
    private const double TrustedShare = 0.1;
    private const double MostShare = 0.99;
    private const int NarrowestTerminal = 20;
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly Func<int>? _columns;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private string _name = "";
    private string _shown = "";
    private double _total;
    private double _done;
    private double _step;
    private bool _isInSeconds;
    private bool _hasStep;
    private bool _isEnded;
    private long _start;
    private long _stepStart;
    private long _written;
    private int _writtenTenth = -1;

    /// <param name="writer">Where the lines go.</param>
    /// <param name="columns">The width of the terminal; null: there is none.</param>
    /// <param name="refreshes">Whether the line is rewritten while a step runs; if not, only at its begin.</param>
    public RunProgress(TextWriter writer, Func<int>? columns, TimeProvider time, bool refreshes = true)
    {
        _writer = writer;
        _columns = columns;
        _time = time;
        _start = _stepStart = time.GetTimestamp();
        if (refreshes) _timer = time.CreateTimer(Tick, null, s_second, Timeout.InfiniteTimeSpan);
    }

    /// <summary>On standard error, so that the results can go elsewhere.</summary>
    /// <param name="refreshes">Whether the line is rewritten while a step runs; if not, only at its begin.</param>
    public static RunProgress OnConsole(bool refreshes = true)
    {
        bool isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new RunProgress(Console.Error, isTerminal ? static () => Console.WindowWidth : null, TimeProvider.System, refreshes);
    }

    /// <summary>A writer whose lines stand above the line on the terminal.</summary>
    public TextWriter Above(TextWriter output) => _columns is null ? output : TextWriter.Synchronized(new LinesAbove(output, this));

    /// <summary>All of it takes about so many seconds. Each step says how many of them it takes.</summary>
    public void ExpectSeconds(double seconds) => Expect(seconds, isInSeconds: true);

    /// <summary>All of it is so many steps. Nobody knows how long one takes, so there is no estimate before the first has ended.</summary>
    public void ExpectSteps(int count) => Expect(count, isInSeconds: false);

    /// <summary>The step before has ended; the next begins.</summary>
    /// <param name="weight">How many of the expected seconds it takes, or of the expected steps it is.</param>
    public void Begin(string name, double weight = 1)
    {
        lock (_lock)
        {
            EndStep();
            (_name, _step, _hasStep) = (name, weight, true);
            _stepStart = _time.GetTimestamp();
            Show();
        }
    }

    /// <summary>The same step does something else.</summary>
    public void Rename(string name)
    {
        lock (_lock)
        {
            _name = name;
            Show();
        }
    }

    /// <summary>Nothing is shown from now on. The line on the terminal is cleared.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isEnded = true;
            Clear();
        }

        _timer?.Dispose();
    }

    /// <summary>Writes something while the line is not on the terminal.</summary>
    internal void WriteAbove(Action write)
    {
        lock (_lock)
        {
            Clear();
            write();
            Show();
        }
    }

    private void Expect(double total, bool isInSeconds)
    {
        lock (_lock)
        {
            (_total, _isInSeconds) = (total, isInSeconds);
            (_done, _step, _hasStep, _writtenTenth) = (0, 0, false, -1);
            _start = _stepStart = _time.GetTimestamp();
        }
    }

    private void Tick(object? state)
    {
        lock (_lock)
        {
            if (_isEnded) return;
            Show();
        }

        _timer!.Change(s_second, Timeout.InfiniteTimeSpan);
    }

    private void EndStep()
    {
        if (_hasStep) _done = Math.Min(_total, _done + _step);
    }

    private void Show()
    {
        if (!_hasStep || _isEnded) return;
        double share = Share();
        if (_columns is not null)
        {
            string line = Fit(Line(share, ""));
            if (line == _shown) return;
            _writer.Write($"\r\e[K{line}");
            _shown = line;
            return;
        }

        // Of what comes before the first expectation, each step is written once.
        int tenth = (int)(share * 10);
        if (_total == 0 ? _shown == _name : tenth <= _writtenTenth || IsTooSoon()) return;
        (_shown, _writtenTenth, _written) = (_name, tenth, _time.GetTimestamp());
        _writer.WriteLine(Line(share, $" after {Elapsed(Seconds(_start))}"));
    }

    // A command that takes a few seconds writes a few lines.
    private bool IsTooSoon() => _writtenTenth >= 0 && _time.GetElapsedTime(_written) < s_second;

    private void Clear()
    {
        if (_columns is null || _shown.Length == 0) return;
        _writer.Write("\r\e[K");
        _shown = "";
    }

    /// <param name="after">How long it has taken so far.</param>
    private string Line(double share, string after)
    {
        if (_total == 0) return _name;
        return $"{Whole(Math.Floor(share * 100))}%{after}{(Left() is { } left ? $", {Remaining(left)} left" : "")}: {_name}";
    }

    // A longer line would take two rows of the terminal, of which only the last could be cleared.
    private string Fit(string line)
    {
        int columns = _columns!();
        int most = columns < NarrowestTerminal ? int.MaxValue : columns - 1;
        return line.Length <= most ? line : $"{line[..(most - 1)]}…";
    }

    private double Share()
    {
        if (_total == 0) return 0;
        double inStep = _isInSeconds ? Math.Min(_step, Seconds(_stepStart)) : 0;
        // Steps may take longer than expected, and what runs is not done.
        return Math.Min((_done + inStep) / _total, MostShare);
    }

    /// <summary>About how many seconds the rest takes; null: nobody knows yet.</summary>
    private double? Left()
    {
        if (!_isInSeconds && _done == 0) return null;
        double trusted = _isInSeconds ? _total * TrustedShare : 0;
        double took = Seconds(_start) - Seconds(_stepStart);
        double pace = (took + trusted) / (_done + trusted);
        double step = Math.Max(0, (pace * _step) - Seconds(_stepStart));
        return step + (pace * Math.Max(0, _total - _done - _step));
    }

    private double Seconds(long since) => _time.GetElapsedTime(since).TotalSeconds;

    private static string Remaining(double seconds) => seconds switch
    {
        <= 10 => "less than 10 s",
        <= 90 => $"about {Whole(Math.Ceiling(seconds / 10) * 10)} s",
        <= 2 * 60 * 60 => $"about {Whole(Math.Ceiling(seconds / 60))} min",
        _ => $"about {(seconds / 3600).ToString("F1", CultureInfo.InvariantCulture)} h",
    };

    private static string Elapsed(double seconds) =>
        seconds < 120 ? $"{Whole(Math.Floor(seconds))} s" : $"{Whole(Math.Floor(seconds / 60))} min";

    private static string Whole(double number) => number.ToString("F0", CultureInfo.InvariantCulture);
}
