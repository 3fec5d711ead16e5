namespace WsAot.Bench.Running;

/// <summary>The figure that a scenario compares. Less is always better.</summary>
internal enum Metric
{
    /// <summary>Microseconds of server CPU, user and system, for a message or a delivery.</summary>
    CpuPerMessage,

    /// <summary>The 99th percentile of the latency, in microseconds.</summary>
    P99,

    /// <summary>Resident bytes for each idle connection.</summary>
    ResidentPerConnection,
}
