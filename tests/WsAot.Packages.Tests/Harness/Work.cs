using WsAot.TestKit;

namespace WsAot.Packages.Tests.Harness;

/// <summary>One after the other: all of it uses the packages that were packed once, and two cores are few.</summary>
[CollectionDefinition(Name)]
public sealed class Work : ICollectionFixture<PackedPackages>
{
    public const string Name = "packed packages";

    /// <summary>Where the packages are built; ignored by git, and kept for the next run.</summary>
    internal static string Intermediates { get; } = Path.Combine(SourceTree.Root, "artifacts", "packages-tests", "intermediates");

    /// <summary>The projects that use the packages.</summary>
    internal static string Consumers { get; } = Path.Combine(SourceTree.Root, "tests", "WsAot.Packages.Tests", "Consumers");
}
