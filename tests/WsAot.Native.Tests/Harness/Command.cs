using System.Diagnostics;

namespace WsAot.Native.Tests.Harness;

/// <summary>Commands and processes, in the root of the clone unless another folder is given.</summary>
internal static class Command
{
    /// <summary>A guard only: no command comes near it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command to its end.</summary>
    public static Task<CommandResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? patience = null) =>
        ChildProcess.RunAsync(ChildProcess.Describe(file, arguments, folder ?? Repository.Root, environment), patience ?? Patience);

    /// <summary>Starts a process with redirected outputs and an empty input.</summary>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    public static Process Start(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null) =>
        ChildProcess.Start(ChildProcess.Describe(file, arguments, folder ?? Repository.Root, environment));
}
