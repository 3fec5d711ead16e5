namespace WsAot.Bench.Running;

/// <summary>How a server begins; medians.</summary>
/// <param name="Milliseconds">From before its process is made until it says that it listens.</param>
/// <param name="ResidentBytes">A moment later, before any connection.</param>
/// <param name="FileBytes">The file that a user copies; null if there is no such single file.</param>
/// <param name="Starts">What the medians are of; with none, they are NaN.</param>
/// <param name="Fault">Why there were no more; null if there were as many as asked for.</param>
internal sealed record StartResult(
    string Server, double Milliseconds, double ResidentBytes, long? FileBytes, int Starts, string? Fault = null);
