namespace WsAot.Conformance.Suite;

/// <summary>The server did not do what the case expects; the message says what it did.</summary>
internal sealed class CaseFailedException(string message) : Exception(message);
