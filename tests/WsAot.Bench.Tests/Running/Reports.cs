using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Tests.Running;

internal static class Reports
{
    /// <summary>A window of two seconds in which a message took this much CPU time.</summary>
    public static LoadReport Of(double cpuMicroseconds) => new(
        Messages: 1000,
        Seconds: 2,
        ServerCpuNs: (long)(cpuMicroseconds * 1000 * 1000),
        LoadCpuNs: 1_000_000_000,
        OthersCpuNs: 100_000_000,
        P50Ns: 50_000,
        P99Ns: 99_000,
        P999Ns: 999_000,
        ResidentBeforeBytes: 1024 * 1024,
        ResidentBytes: 2 * 1024 * 1024);
}
