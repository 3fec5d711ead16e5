namespace WsAot.Metrics;

/// <summary>The types of the Prometheus text format.</summary>
internal enum MetricKind
{
    /// <summary>A number that only grows, until the process ends.</summary>
    Counter,

    /// <summary>A number that goes up and down.</summary>
    Gauge,

    /// <summary>Observations in buckets.</summary>
    Histogram,
}
