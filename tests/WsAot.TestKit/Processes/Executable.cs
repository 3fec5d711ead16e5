namespace WsAot.TestKit.Processes;

/// <summary>Finds programs that the machine may have.</summary>
public static class Executable
{
    /// <summary>The SDK's host that runs this process; <c>dotnet</c> if there is none.</summary>
    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <returns>The path of the first that is installed; null if none is.</returns>
    public static string? Find(params ReadOnlySpan<string> names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } file) return file;
        }

        return null;
    }
}
