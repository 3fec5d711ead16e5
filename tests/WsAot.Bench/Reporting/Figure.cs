using System.Globalization;

namespace WsAot.Bench.Reporting;

/// <summary>Formats numbers for a reader; NaN is a dash.</summary>
internal static class Figure
{
    public static string Ratio(double value) => Format(value, "F2");

    /// <summary>Three significant digits.</summary>
    public static string Short(double value) =>
        Format(value, Math.Abs(value) switch { < 1 => "F3", < 10 => "F2", < 100 => "F1", _ => "N0" });

    public static string Whole(double value) => Format(value, "N0");

    public static string MiB(double bytes) => Format(bytes / (1024 * 1024), "F1");

    public static string Percent(double share) => Format(share * 100, "F0");

    private static string Format(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";
}
