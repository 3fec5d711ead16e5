using Microsoft.CodeAnalysis;

namespace WsAot.Architecture.Tests;

/// <summary>What the sources of a project are compiled against: all that lies beside the tests, and the framework.</summary>
internal static class References
{
    private static readonly PortableExecutableReference[] s_all =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => path != typeof(References).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>All but the project itself and those that it must not see.</summary>
    public static IEnumerable<MetadataReference> Of(string project, params string[] unseen) =>
        s_all.Where(reference => Path.GetFileNameWithoutExtension(reference.FilePath!) is var name
            && name != project
            && !unseen.Contains(name));
}
