using System.Diagnostics.Metrics;

namespace WsAot.Metrics;

/// <summary>
/// Passes the times that <see cref="Histogram"/> counts to a <see cref="MeterListener"/>, as they are measured. Any thread.
/// </summary>
internal sealed class Durations(Meter meter)
{
    private readonly Histogram<double> _handlers =
        meter.CreateHistogram<double>(MetricFamilies.HandlerTime.Name, "s", MetricFamilies.HandlerTime.Help);

    private readonly Histogram<double> _calls =
        meter.CreateHistogram<double>(MetricFamilies.CallTime.Name, "s", MetricFamilies.CallTime.Help);

    public void OnHandler(string route, TimeSpan time) =>
        _handlers.Record(time.TotalSeconds, new KeyValuePair<string, object?>("route", route));

    public void OnCall(string route, string method, TimeSpan time) => _calls.Record(
        time.TotalSeconds, new KeyValuePair<string, object?>("route", route), new KeyValuePair<string, object?>("method", method));
}
