namespace WsAot.Bench.Load.Measuring;

/// <summary>The results of the load, as one line of JSON on its standard output.</summary>
/// <param name="Messages">Answers (echo) or deliveries (fan-out) that came within the window; each was correct.</param>
/// <param name="Seconds">The length of the window.</param>
/// <param name="ServerCpuNs">The CPU time of the server's threads within the window.</param>
/// <param name="LoadCpuNs">The CPU time of the load. If it is close to the window's length, the server had to wait for the load.</param>
/// <param name="OthersCpuNs">
/// The CPU time of everything else on the machine, and the time that its host took away. If it is large, do not trust the figures.
/// </param>
/// <param name="P50Ns">Time from sending a message (or from when it was due, at a given rate) until its answer.</param>
/// <param name="ResidentBeforeBytes">The server's resident memory before the first connection of the run.</param>
/// <param name="ResidentBytes">The server's resident memory at the end of the window, all connections open.</param>
internal sealed record LoadReport(
    long Messages,
    double Seconds,
    long ServerCpuNs,
    long LoadCpuNs,
    long OthersCpuNs,
    long P50Ns,
    long P99Ns,
    long P999Ns,
    long ResidentBeforeBytes,
    long ResidentBytes);
