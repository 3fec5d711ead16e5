namespace WsAot.Bench.Running;

/// <summary>How a server begins; medians.</summary>
/// <param name="Milliseconds">From before its process is made until it says that it listens.</param>
/// <param name="ResidentBytes">A moment later, before any connection.</param>
/// <param name="FileBytes">The file that a user copies; null if there is no such single file.</param>
internal sealed record StartResult(string Server, double Milliseconds, double ResidentBytes, long? FileBytes);
