namespace WsAot.Bench.Building;

/// <summary>The folders of this clone, and where the bench puts what it builds; the latter exists, and is ignored by git.</summary>
internal static class Artifacts
{
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "bench")).FullName;

    public static string Sources { get; } = Path.Combine(Root, "tests", "WsAot.Bench");

    /// <summary>A file, or folder, that the bench builds. Its folder exists.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts)
    {
        string path = Path.Combine([Folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WsAot.sln"))) return folder.FullName;
        }

        throw new BenchException("The bench runs from the output folder of a clone: no folder above it has WsAot.sln.");
    }
}
