using System.Collections.Concurrent;

namespace WsAot.Architecture.Tests;

/// <summary>The clone in whose output folder the tests run.</summary>
internal static class Repository
{
    private static readonly ConcurrentDictionary<string, SourceFile[]> s_sources = new();

    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The C# files under a folder, in the order of their paths, without what a build, a generator or a snapshot test writes.
    /// </summary>
    public static SourceFile[] Sources(string folder) => s_sources.GetOrAdd(folder, static folder =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(IsWritten)
            .Order(StringComparer.Ordinal)
            .Select(static path => new SourceFile(path, Read(path))),
    ]);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static bool IsWritten(string path) =>
        !path.EndsWith(".verified.cs", StringComparison.Ordinal)
        && !path.EndsWith(".g.cs", StringComparison.Ordinal)
        && !path.EndsWith(".received.cs", StringComparison.Ordinal)
        && !path.Split('/').Any(static folder => folder is "bin" or "obj" or "artifacts" or "node_modules");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WsAot.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run from the output folder of a clone: no folder above them has WsAot.sln.");
    }
}
