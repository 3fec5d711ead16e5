using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Running;

/// <summary>The figures that follow from a report.</summary>
internal static class LoadReportFigures
{
    public static double CpuMicroseconds(this LoadReport report) => report.ServerCpuNs / 1e3 / report.Messages;

    /// <summary>Whether another process than the measured one must have answered.</summary>
    public static bool IsOfAnotherProcess(this LoadReport report) =>
        report.Messages > 1000 * report.Seconds && report.ServerCpuNs / 1e9 < 0.01 * report.Seconds;

    /// <param name="idle">The number of connections to divide the resident bytes by.</param>
    public static double Value(this LoadReport report, Metric metric, int idle) => metric switch
    {
        Metric.P99 => report.P99Ns / 1e3,
        Metric.ResidentPerConnection => (report.ResidentBytes - report.ResidentBeforeBytes) / (double)idle,
        _ => report.CpuMicroseconds(),
    };
}
