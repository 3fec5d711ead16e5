namespace WsAot;

/// <summary>
/// The server cannot start, because parts of the application do not fit together: a handler needs a service that is not registered, or two
/// route tables match the same paths. The message says what is wrong and what to change, in one line; <see cref="WsServer.RunAsync"/>
/// prints it and returns 1.
/// </summary>
/// <param name="message">What is wrong, and what to change.</param>
/// <param name="innerException">The exception that says so; null if there is none.</param>
public sealed class WsStartException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
