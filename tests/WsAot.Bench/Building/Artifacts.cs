using WsAot.TestKit;

namespace WsAot.Bench.Building;

/// <summary>The folders of this clone, and the folder for everything that the bench builds, which exists and is ignored by git.</summary>
internal static class Artifacts
{
    public static string Root => SourceTree.Root;

    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "bench")).FullName;

    public static string Sources { get; } = Path.Combine(Root, "tests", "WsAot.Bench");

    /// <summary>A file, or folder, that the bench builds. Its folder exists.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts)
    {
        string path = Path.Combine([Folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
