namespace WsAot;

/// <summary>
/// An option on the command line, in the environment or in a configuration file is misspelt, has no value, or has a value that is out of
/// range. The message is one sentence that names the option and where it stands.
/// </summary>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">The exception that says so; null if there is none.</param>
public sealed class WsOptionException(string message, Exception? innerException = null) : Exception(message, innerException);
