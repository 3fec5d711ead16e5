namespace WsAot.Bench.Running;

/// <summary>The start of a server, as medians.</summary>
/// <param name="Milliseconds">The time from before its process is created until it prints that it listens.</param>
/// <param name="ResidentBytes">Its memory a moment later, before any connection.</param>
/// <param name="FileBytes">The size of the file that a user copies; null if there is no single file.</param>
/// <param name="Starts">The number of starts; with none, the medians are NaN.</param>
/// <param name="Fault">Why there were fewer starts than requested; null if there were enough.</param>
internal sealed record StartResult(
    string Server, double Milliseconds, double ResidentBytes, long? FileBytes, int Starts, string? Fault = null)
{
    /// <summary>Of each start.</summary>
    public IReadOnlyList<double> AllMilliseconds { get; init; } = [Milliseconds];

    /// <inheritdoc cref="AllMilliseconds"/>
    public IReadOnlyList<double> AllResidentBytes { get; init; } = [ResidentBytes];
}
