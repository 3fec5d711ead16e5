namespace WsAot.Bench.Load.Measuring;

/// <summary>What the load found, as one line of JSON on its standard output.</summary>
/// <param name="Messages">Answers (echo) or deliveries (fan-out) that came within the window; each was right.</param>
/// <param name="Seconds">The length of the window.</param>
/// <param name="ServerCpuNs">What the server's threads ran within the window.</param>
/// <param name="LoadCpuNs">What the load ran: close to the window's length, the server waited for it.</param>
/// <param name="OthersCpuNs">
/// What everything else on the machine ran, and what its host took away: much of it, and the figures are not to be trusted.
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
