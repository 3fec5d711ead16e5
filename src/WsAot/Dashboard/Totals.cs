using WsAot.Metrics;

namespace WsAot.Dashboard;

/// <summary>The metrics that the dashboard shows, read once: sums over all labels.</summary>
internal sealed class Totals : MetricSink
{
    private MetricFamily _family = null!;

    public double Connections { get; private set; }

    public double MessagesIn { get; private set; }

    public double MessagesOut { get; private set; }

    public double BytesIn { get; private set; }

    public double BytesOut { get; private set; }

    public double PendingBytes { get; private set; }

    public double ResidentBytes { get; private set; }

    public double HeapBytes { get; private set; }

    public double Refusals { get; private set; }

    public Histogram HandlerTime { get; } = new();

    /// <summary>The processor time of each loop in seconds.</summary>
    public List<double> LoopSeconds { get; } = [];

    public override void Begin(MetricFamily family) => _family = family;

    public override void Add(double value, params ReadOnlySpan<string> labels)
    {
        if (_family == MetricFamilies.Connections) Connections += labels[1] == "open" ? value : 0;
        else if (_family == MetricFamilies.Received) MessagesIn += IsMessage(labels) ? value : 0;
        else if (_family == MetricFamilies.Sent) MessagesOut += IsMessage(labels) ? value : 0;
        else if (_family == MetricFamilies.NetworkReceived) BytesIn += value;
        else if (_family == MetricFamilies.NetworkSent) BytesOut += value;
        else if (_family == MetricFamilies.PendingOutput) PendingBytes += value;
        else if (_family == MetricFamilies.ResidentBytes) ResidentBytes = value;
        else if (_family == MetricFamilies.HeapBytes) HeapBytes = value;
        else if (_family == MetricFamilies.LoopTime) LoopSeconds.Add(value);
        else if (_family == MetricFamilies.Answers) Refusals += IsRefusal(labels[0]) ? value : 0;
    }

    public override void Add(Histogram histogram, params ReadOnlySpan<string> labels)
    {
        if (_family == MetricFamilies.HandlerTime) HandlerTime.Add(histogram);
    }

    private static bool IsMessage(ReadOnlySpan<string> labels) => labels[1] is "text" or "binary";

    private static bool IsRefusal(string status) => status[0] is '4' or '5' or 'n';
}
