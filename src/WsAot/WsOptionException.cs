namespace WsAot;

/// <summary>
/// Options on the command line, in the environment or in a configuration file are misspelt, have no value, or have a value that is out of
/// range. The message has one line for each wrong option. The line names the option and the place where it was set.
/// </summary>
public sealed class WsOptionException : Exception
{
    /// <summary>One option is wrong.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The exception that says so; null if there is none.</param>
    public WsOptionException(string message, Exception? innerException = null)
        : base(message, innerException) => Errors = [message];

    /// <summary>One or more options are wrong.</summary>
    /// <param name="errors">A sentence about each; at least one.</param>
    public WsOptionException(IReadOnlyList<string> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>What is wrong: one sentence for each option.</summary>
    public IReadOnlyList<string> Errors { get; }
}
