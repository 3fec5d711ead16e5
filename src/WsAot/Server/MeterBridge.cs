using System.Diagnostics.Metrics;
using WsAot.Metrics;

namespace WsAot.Server;

/// <summary>
/// Shows the metrics as instruments of a meter, under the names of <c>/metrics</c>. The values are at most a second old: a listener asks
/// for each instrument separately, and one reading answers for all.
/// </summary>
internal sealed class MeterBridge : MetricSink, IDisposable
{
    public const string MeterName = "WsAot";

    private static readonly TimeSpan s_goodFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<MetricFamily, List<Measurement<double>>> _measurements = [];
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private List<Measurement<double>> _current = [];
    private string[] _labels = [];
    private long _lookedAt;

    public MeterBridge(ServerMetrics metrics, TimeProvider time)
    {
        (_metrics, _time) = (metrics, time);
        Meter = new Meter(MeterName, ApplicationVersion.Text);
        Durations = new Durations(Meter);
        Look();
        foreach (MetricFamily family in _measurements.Keys) Create(family);
    }

    public Meter Meter { get; }

    public Durations Durations { get; }

    public override void Begin(MetricFamily family)
    {
        if (!_measurements.TryGetValue(family, out List<Measurement<double>>? known)) _measurements.Add(family, known = []);
        _current = known;
        _current.Clear();
        _labels = family.Labels;
    }

    public override void Add(double value, params ReadOnlySpan<string> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (int i = 0; i < tags.Length; i++) tags[i] = new(_labels[i], labels[i]);
        _current.Add(new Measurement<double>(value, tags));
    }

    public override void Add(Metrics.Histogram histogram, params ReadOnlySpan<string> labels)
    {
        // Histograms are recorded value by value: see Durations.
    }

    public void Dispose() => Meter.Dispose();

    private void Create(MetricFamily family)
    {
        if (family.Kind == MetricKind.Histogram) return;
        if (family.Kind == MetricKind.Counter) Meter.CreateObservableCounter(family.Name, () => Read(family), UnitOf(family), family.Help);
        else Meter.CreateObservableGauge(family.Name, () => Read(family), UnitOf(family), family.Help);
    }

    // In UCUM, from which OpenTelemetry takes its units.
    private static string? UnitOf(MetricFamily family) => family.Unit switch
    {
        "seconds" => "s",
        "bytes" => "By",
        _ => null,
    };

    private Measurement<double>[] Read(MetricFamily family)
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_lookedAt) > s_goodFor) Look();
            return [.. _measurements[family]];
        }
    }

    private void Look()
    {
        _metrics.Collect(this);
        _lookedAt = _time.GetTimestamp();
    }
}
