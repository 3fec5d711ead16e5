namespace WsAot.Bench;

/// <summary>Something that had to be built, started or measured was not; the message says what and why.</summary>
internal sealed class BenchException(string message) : Exception(message);
