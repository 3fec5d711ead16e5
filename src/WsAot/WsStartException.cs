namespace WsAot;

/// <summary>
/// The parts of an application do not fit together, so the server cannot start: a handler needs a service that was not registered, or two
/// tables of routes match the same paths. The message says in one line what to do.
/// </summary>
/// <param name="message">What is wrong.</param>
public sealed class WsStartException(string message) : InvalidOperationException(message);
