namespace WsAot.TestKit.Processes;

/// <summary>How a command ended.</summary>
public readonly record struct CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both outputs, for the message of a failed test.</summary>
    public string All => Output + Error;
}
