using System.Globalization;

namespace WsAot.Bench.Reporting;

/// <summary>
/// Shows on a terminal what runs, how far it is, and about how long the rest takes. The line is cleared before figures are printed.
/// </summary>
/// <param name="terminal">The terminal; null: there is none, and nothing is shown.</param>
/// <param name="seconds">About how long all of it takes.</param>
internal sealed class Progress(TextWriter? terminal, double seconds) : IDisposable
{
    private double _done;

    /// <summary>Something begins.</summary>
    public void Begin(string name)
    {
        int minutes = (int)Math.Ceiling((seconds - _done) / 60);
        string share = ((seconds > 0 ? _done / seconds : 0) * 100).ToString("F0", CultureInfo.InvariantCulture) + "%";
        terminal?.Write($"\r\e[K{share}, about {minutes} min left: {name}");
    }

    /// <summary>It has ended.</summary>
    /// <param name="took">About how many seconds it was to take.</param>
    public void End(double took)
    {
        _done += took;
        terminal?.Write("\r\e[K");
    }

    public void Dispose() => terminal?.Write("\r\e[K");
}
