namespace WsAot.TestKit;

/// <summary>The clone that the tests run in.</summary>
public static class SourceTree
{
    /// <summary>The folder with WsAot.sln.</summary>
    /// <exception cref="InvalidOperationException">No folder above the running program has that file.</exception>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WsAot.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("This runs from the output folder of a clone only: no folder above it has WsAot.sln.");
    }
}
