using System.Globalization;
using WsAot.TestKit.Text;

namespace WsAot.Soak.Operating;

/// <summary>The metrics of one process at one time.</summary>
internal sealed class Scrape
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly HashSet<string> _growing = new(StringComparer.Ordinal);

    /// <param name="text">A complete text in the OpenMetrics format.</param>
    /// <exception cref="FormatException">The text is not OpenMetrics.</exception>
    public Scrape(string text)
    {
        if (OpenMetricsText.FindFaults(text) is [var fault, ..]) throw new FormatException(fault);
        string family = "";
        string type = "";
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ');
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) (family, type) = (words[2], words[3]);
            if (line.StartsWith('#')) continue;
            int space = line.LastIndexOf(' ');
            string sample = line[..space];
            _samples.Add(sample, double.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture));
            if (type != "gauge" && sample.StartsWith(family, StringComparison.Ordinal)) _growing.Add(sample);
        }
    }

    /// <summary>The start time of the process, which identifies it.</summary>
    public double StartTime => this["process_start_time_seconds"];

    /// <summary>The value of a sample, by its name and labels as written; 0 if there is none.</summary>
    public double this[string sample] => _samples.GetValueOrDefault(sample);

    /// <summary>The samples of a metric, by their names and labels.</summary>
    public IEnumerable<KeyValuePair<string, double>> Of(string metric) =>
        _samples.Where(sample => sample.Key.StartsWith(metric + "{", StringComparison.Ordinal));

    /// <summary>The counters that are lower than in an earlier scrape, although they must only grow.</summary>
    public IEnumerable<string> FindFallen(Scrape earlier) =>
        earlier._growing.Where(sample => this[sample] < earlier[sample])
            .Select(sample => string.Create(CultureInfo.InvariantCulture, $"{sample} has fallen from {earlier[sample]} to {this[sample]}"));
}
