namespace WsAot.Metrics;

/// <summary>Takes the samples of one reading of the metrics. The samples of a family follow its beginning.</summary>
internal abstract class MetricSink
{
    public abstract void Begin(MetricFamily family);

    /// <summary>A sample of the family that was begun last.</summary>
    /// <param name="value">The value.</param>
    /// <param name="labels">The values of its labels, in the order of <see cref="MetricFamily.Labels"/>.</param>
    public abstract void Add(double value, params ReadOnlySpan<string> labels);

    /// <inheritdoc cref="Add(double, ReadOnlySpan{string})"/>
    public abstract void Add(Histogram histogram, params ReadOnlySpan<string> labels);
}
