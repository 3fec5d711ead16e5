using WsAot.TestKit;

namespace WsAot.Native.Tests.Harness;

/// <summary>The folders of this clone.</summary>
internal static class Repository
{
    public static string Root => SourceTree.Root;

    public static string Clients { get; } = Path.Combine(Root, "tests", "WsAot.Native.Tests", "Clients");

    /// <summary>Where these tests put what they make; ignored by git.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts", "native-tests");

    /// <summary>An empty folder under <see cref="Artifacts"/>; what an earlier run left there is gone.</summary>
    public static string EmptyFolder(string name)
    {
        string folder = Path.Combine(Artifacts, name);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    }
}
