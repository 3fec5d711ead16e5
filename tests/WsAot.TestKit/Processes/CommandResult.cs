namespace WsAot.TestKit.Processes;

/// <summary>How a command ended.</summary>
public readonly record struct CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both outputs, for the message of what failed by it.</summary>
    public string All => Output + Error;
}
