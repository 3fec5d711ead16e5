namespace WsAot;

/// <summary>
/// The server cannot start as it was built. The message says what is wrong and what to change, in one line; <see cref="WsServer.RunAsync"/>
/// prints it and returns 1.
/// </summary>
/// <param name="message">What is wrong, and what to change.</param>
public sealed class WsStartException(string message) : InvalidOperationException(message);
