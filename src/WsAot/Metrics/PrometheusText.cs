using System.Buffers;
using System.Globalization;
using System.Text;

namespace WsAot.Metrics;

/// <summary>
/// Writes metrics in the text format of Prometheus (version 0.0.4), or of OpenMetrics (version 1.0.0), which has other names for counters,
/// adds units, and ends differently.
/// </summary>
internal sealed class PrometheusText(bool isOpenMetrics) : MetricSink
{
    private readonly ArrayBufferWriter<byte> _text = new(16 * 1024);
    private MetricFamily _family = null!;

    public static string ContentTypeOf(bool isOpenMetrics) => isOpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// Whether a client with this Accept header gets OpenMetrics: a client that takes both rates it higher (RFC 9110 section 12.5.1).
    /// </summary>
    public static bool PrefersOpenMetrics(string? accept)
    {
        int openMetrics = 0;
        int other = 0;
        foreach (string entry in (accept ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            string[] parts = entry.Split(';', StringSplitOptions.TrimEntries);
            int quality = QualityOf(parts);
            if (parts[0].Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase))
            {
                openMetrics = Math.Max(openMetrics, quality);
            }
            else if (parts[0] is "text/plain" or "text/*" or "*/*")
            {
                other = Math.Max(other, quality);
            }
        }

        return openMetrics > 0 && openMetrics >= other;
    }

    public override void Begin(MetricFamily family)
    {
        _family = family;
        string name = isOpenMetrics ? family.Name : family.SampleName;
        Write($"# HELP {name} {family.Help}\n# TYPE {name} {TypeOf(family.Kind)}\n");
        if (isOpenMetrics && family.Unit.Length > 0) Write($"# UNIT {name} {family.Unit}\n");
    }

    public override void Add(double value, params ReadOnlySpan<string> labels) => WriteSample(_family.SampleName, value, labels);

    public override void Add(Histogram histogram, params ReadOnlySpan<string> labels)
    {
        ReadOnlySpan<int> bounds = Histogram.BoundsMicroseconds;
        long count = 0;
        for (int i = 0; i < histogram.Counts.Length; i++)
        {
            count += histogram.Counts[i];
            string bound = i < bounds.Length ? NumberOf(bounds[i] / 1e6) : "+Inf";
            WriteSample(_family.Name + "_bucket", count, labels, bound);
        }

        WriteSample(_family.Name + "_sum", histogram.SumSeconds, labels);
        WriteSample(_family.Name + "_count", count, labels);
    }

    /// <summary>Ends the text.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        if (isOpenMetrics) Write("# EOF\n");
        return _text.WrittenMemory;
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };

    private static int QualityOf(string[] parts)
    {
        foreach (string part in parts)
        {
            if (part.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) return WeightOf(part.AsSpan(2));
        }

        return WeightOf("1");
    }

    // In thousandths (RFC 9110 section 12.4.2); 0 if malformed. By hand, because nothing else in the native file parses such numbers.
    private static int WeightOf(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 5 || (text.Length > 1 && text[1] != '.')) return 0;
        int weight = 0;
        int unit = 1000;
        for (int i = 0; i < text.Length; i++)
        {
            if (i == 1) continue;
            if (!char.IsAsciiDigit(text[i])) return 0;
            weight += (text[i] - '0') * unit;
            unit /= 10;
        }

        return Math.Min(weight, 1000);
    }

    // Both formats read this form: 0.005, 1e-06 and 12.
    private static string NumberOf(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private void WriteSample(string name, double value, ReadOnlySpan<string> labels, string? bound = null)
    {
        Write(name);
        string separator = "{";
        for (int i = 0; i < labels.Length; i++)
        {
            Write($"{separator}{_family.Labels[i]}=\"{Escaped(labels[i])}\"");
            separator = ",";
        }

        if (bound is not null)
        {
            Write($"{separator}le=\"{bound}\"");
            separator = ",";
        }

        Write(separator == "," ? "} " : " ");
        Write(NumberOf(value));
        Write("\n");
    }

    // The overload that takes the buffer itself would bring the encoders of all encodings into the native file.
    private void Write(string text) =>
        _text.Advance(Encoding.UTF8.GetBytes(text, _text.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
