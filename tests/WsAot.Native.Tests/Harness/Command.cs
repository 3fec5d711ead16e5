using System.Diagnostics;

namespace WsAot.Native.Tests.Harness;

/// <summary>A command that runs to its end.</summary>
internal static class Command
{
    /// <summary>A guard only: no command comes near it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    internal readonly record struct Result(int ExitCode, string Output, string Error)
    {
        /// <summary>Both outputs, for the message of a failed test.</summary>
        public string All => Output + Error;
    }

    public static async Task<Result> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? patience = null)
    {
        using Process process = Start(file, arguments, folder, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource guard = new(patience ?? Patience);
        try
        {
            await process.WaitForExitAsync(guard.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{file} {string.Join(' ', arguments)} did not end. It said:\n{await output}{await error}");
        }

        return new Result(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a process with redirected outputs and an empty input.</summary>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    public static Process Start(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            WorkingDirectory = folder ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
