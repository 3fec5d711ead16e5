namespace WsAot.Metrics;

/// <summary>A metric, whose samples differ in their labels.</summary>
/// <param name="name">The name, without the <c>_total</c> that counters have. Units are base units, and stand in the name.</param>
/// <param name="kind">The type.</param>
/// <param name="help">One sentence.</param>
/// <param name="labels">The names of the labels, separated by commas; empty: none.</param>
internal sealed class MetricFamily(string name, MetricKind kind, string help, string labels = "")
{
    public string Name => name;

    public MetricKind Kind => kind;

    public string Help => help;

    /// <summary>The names of the labels.</summary>
    public string[] Labels { get; } = labels.Length == 0 ? [] : labels.Split(", ");

    /// <summary>The name as queries have it.</summary>
    public string SampleName => kind == MetricKind.Counter ? name + "_total" : name;

    /// <summary>The unit, as OpenMetrics has it: the last word of the name; empty if it has none.</summary>
    public string Unit =>
        name.EndsWith("_seconds", StringComparison.Ordinal) ? "seconds" : name.EndsWith("_bytes", StringComparison.Ordinal) ? "bytes" : "";
}
