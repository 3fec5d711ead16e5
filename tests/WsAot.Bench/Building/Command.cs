using System.ComponentModel;
using System.Diagnostics;

namespace WsAot.Bench.Building;

/// <summary>A command that runs to its end.</summary>
internal static class Command
{
    /// <returns>Its standard output.</returns>
    /// <exception cref="BenchException">The command failed, or there is no such file; the message has its output.</exception>
    public static async Task<string> RunAsync(string file, IEnumerable<string> arguments)
    {
        try
        {
            CommandResult result = await ChildProcess.RunAsync(ChildProcess.Describe(file, arguments, Artifacts.Root));
            if (result.ExitCode == 0) return result.Output;
            throw new BenchException($"{Path.GetFileName(file)} {string.Join(' ', arguments)} failed:\n{result.All}");
        }
        catch (Win32Exception exception)
        {
            throw new BenchException(exception.Message);
        }
    }

    /// <exception cref="BenchException">There is no such file.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new BenchException(exception.Message);
        }
    }

    /// <summary>Publishes one of our projects into a folder of its own.</summary>
    public static Task<string> PublishAsync(string project, string folder, params ReadOnlySpan<string> more) =>
        RunAsync(Executable.DotNet, ["publish", project, "-c", "Release", "-o", folder, .. more]);
}
