using System.Reflection;

namespace WsAot.CommandLine;

/// <summary>The name of the application in <c>--help</c>, <c>--version</c> and error messages: what the user typed to start it.</summary>
internal static class ProgramName
{
    private const string Host = "dotnet";

    public static string Current =>
        Of(Environment.ProcessPath, static () => Assembly.GetEntryAssembly()?.GetName().Name, OperatingSystem.IsWindows());

    /// <param name="processPath">The path of the executable file, if it is known.</param>
    /// <param name="readAssembly">
    /// Reads the name of the application's assembly, or null. It is called only if the path does not tell: reflection costs a tenth of the
    /// time that the server takes to start.
    /// </param>
    /// <param name="hasExtension">Whether the names of executable files end in <c>.exe</c>, as on Windows.</param>
    public static string Of(string? processPath, Func<string?> readAssembly, bool hasExtension)
    {
        // Only .exe is an extension: the application My.Server is the file My.Server.
        string? file = Path.GetFileName(processPath);
        if (hasExtension && file?.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) == true) file = file[..^".exe".Length];
        // If it was started as 'dotnet My.Server.dll', the process is named dotnet.
        bool isHost = string.Equals(file, Host, hasExtension ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        return string.IsNullOrEmpty(file) || isHost ? readAssembly() ?? "wsaot" : file;
    }
}
