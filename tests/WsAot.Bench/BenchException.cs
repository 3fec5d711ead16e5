namespace WsAot.Bench;

/// <summary>Something could not be built, started or measured; the message says what and why.</summary>
internal sealed class BenchException(string message) : Exception(message);
