namespace WsAot.CommandLine;

/// <summary>The command line, the environment or the file is wrong; the message says how, in one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
