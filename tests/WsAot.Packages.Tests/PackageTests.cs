using System.Text;
using WsAot.Packages.Tests.Harness;
using WsAot.TestKit;

namespace WsAot.Packages.Tests;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(Work.Name)]
public sealed class PackageTests(PackedPackages packages)
{
    private IEnumerable<Package> All => Directory.GetFiles(packages.Feed).Order(StringComparer.Ordinal)
        .Select(file => Package.Open(file, packages.Version));

    private IEnumerable<Package> WithLibraries => All.Where(IsLibrary);

    [RequiresLinkerFact]
    public async Task The_packages_have_these_files_and_dependencies()
    {
        StringBuilder found = new();
        foreach (Package package in All)
        {
            found.Append(package.Name).Append('\n');
            foreach (string file in package.Files) found.Append("  ").Append(file).Append('\n');
            if (!IsLibrary(package)) continue;
            foreach (string dependency in package.Dependencies) found.Append("  -> ").Append(dependency).Append('\n');
        }

        // contents.txt lists every file and dependency, so that whoever adds or removes one sees it.
        string list = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "contents.txt"));
        Assert.Equal(list.Replace("$(Version)", packages.Version, StringComparison.Ordinal), found.ToString());
    }

    [RequiresLinkerFact]
    public void All_have_the_one_version() => Assert.All(All, package => Assert.Equal(packages.Version, package["version"]));

    [RequiresLinkerFact]
    public async Task Each_says_what_a_gallery_shows_and_where_it_comes_from()
    {
        CommandResult head = await ChildProcess.RunAsync(ChildProcess.Describe("git", ["rev-parse", "HEAD"], SourceTree.Root));
        Assert.All(WithLibraries, package =>
        {
            Assert.Equal("MIT", package["license"]);
            Assert.Equal("README.md", package["readme"]);
            Assert.Equal("icon.png", package["icon"]);
            Assert.InRange(package["description"]!.Length, 40, 400);
            Assert.Contains("websocket", package["tags"], StringComparison.Ordinal);
            Assert.StartsWith($"## {packages.Version}", package["releaseNotes"], StringComparison.Ordinal);
            // Sources without a repository have no commit.
            if (head.ExitCode == 0) Assert.Equal(head.Output.Trim(), package.All("repository").Single().Attribute("commit")?.Value);
            Assert.DoesNotContain(SourceTree.Root, package.Metadata.ToString(), StringComparison.Ordinal);
        });
    }

    [RequiresLinkerFact]
    public void What_the_packages_depend_on_besides_each_other_has_the_pinned_version()
    {
        string pins = File.ReadAllText(Path.Combine(SourceTree.Root, "Directory.Packages.props"));
        Assert.All(WithLibraries.SelectMany(static package => package.Dependencies).Select(static line => line.Split(' ')), dependency =>
        {
            if (dependency[0] == "WsAot") Assert.Contains(dependency[1], (string[])[packages.Version, $"[{packages.Version}]"]);
            else Assert.Contains($"\"{dependency[0]}\" Version=\"{dependency[1]}\"", pins, StringComparison.Ordinal);
        });
    }

    // The other one of each pair has the symbols.
    private static bool IsLibrary(Package package) => package.Name.EndsWith(".nupkg", StringComparison.Ordinal);
}
