using System.Diagnostics;

namespace WsAot.TestKit.Processes;

/// <summary>Starts processes, with their outputs redirected.</summary>
public static class ChildProcess
{
    /// <summary>What our server prints when it listens, before the address.</summary>
    private const string Announcement = "listening on ";

    public static bool IsAnnouncement(string line) => line.StartsWith(Announcement, StringComparison.Ordinal);

    /// <summary>The address of an announcement.</summary>
    public static Uri AddressOf(string announcement) => new(announcement[Announcement.Length..]);

    /// <summary>How to start a process with an empty input, and with outputs that can be read.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    public static ProcessStartInfo Describe(
        string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? environment = null)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        return start;
    }

    /// <summary>The variables of our environment that configure the server or tune its runtime.</summary>
    public static IEnumerable<string> Settings() => Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsSetting);

    /// <summary>Removes them from the environment of a process, so that a developer's settings do not affect tests.</summary>
    public static void RemoveSettings(ProcessStartInfo start)
    {
        foreach (string name in Settings()) start.Environment.Remove(name);
    }

    /// <summary>Starts it and closes its input.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="patience">The time limit; null: none.</param>
    /// <exception cref="TimeoutException">It did not end in time, and was killed; the message has its output.</exception>
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, TimeSpan? patience = null)
    {
        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!await EndsAsync(process, patience ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end. It said:\n{await output}{await error}");
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Waits for the end of a process.</summary>
    /// <returns>False if it still runs.</returns>
    public static async Task<bool> EndsAsync(Process process, TimeSpan patience)
    {
        using CancellationTokenSource guard = new(patience);
        try
        {
            await process.WaitForExitAsync(guard.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Kills the process and all that it has started, if it still runs, and waits for its end.</summary>
    public static async Task KillAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("WSAOT_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_gc", StringComparison.OrdinalIgnoreCase);
}
