namespace WsAot;

/// <summary>
/// An option on the command line, in the environment or in a configuration file is misspelt, has no value, or has a value that is out of
/// range. The message is one sentence that names the option and where it stands.
/// </summary>
/// <param name="message">What is wrong.</param>
public sealed class WsOptionException(string message) : Exception(message);
