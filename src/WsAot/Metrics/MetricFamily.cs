namespace WsAot.Metrics;

/// <summary>A metric, whose samples differ in their labels.</summary>
/// <param name="name">The name, without the <c>_total</c> of counters. It ends with the unit, which is a base unit.</param>
/// <param name="kind">The type.</param>
/// <param name="help">One sentence.</param>
/// <param name="labels">The names of the labels, separated by commas; empty if there are none.</param>
internal sealed class MetricFamily(string name, MetricKind kind, string help, string labels = "")
{
    public string Name => name;

    public MetricKind Kind => kind;

    public string Help => help;

    /// <summary>The names of the labels.</summary>
    public string[] Labels { get; } = labels.Length == 0 ? [] : labels.Split(", ");

    /// <summary>The name in queries.</summary>
    public string SampleName => kind == MetricKind.Counter ? name + "_total" : name;

    /// <summary>The unit in OpenMetrics: the last word of the name; empty if there is none.</summary>
    public string Unit =>
        name.EndsWith("_seconds", StringComparison.Ordinal) ? "seconds" : name.EndsWith("_bytes", StringComparison.Ordinal) ? "bytes" : "";
}
