using System.Xml.Linq;

namespace WsAot.Architecture.Tests;

/// <summary>Which projects see which: the arrows between the assemblies, as the project files have them.</summary>
public class AssemblyArrowsTests
{
    private static readonly Dictionary<string, string[]> s_references = FindReferences();

    [Theory]
    [InlineData("WsAot.Protocol")]
    [InlineData("WsAot.Transport")]
    [InlineData("WsAot", "WsAot.Protocol", "WsAot.Transport")]
    [InlineData("WsAot.Hosting", "WsAot")]
    [InlineData("WsAot.Nats", "WsAot")]
    [InlineData("WsAot.Testing", "WsAot")]
    [InlineData("WsAot.Templates")]
    [InlineData("WsAot.Generators")]
    [InlineData("WsAot.CodeFixes")]
    public void A_project_references_only_these(string project, params string[] referenced) =>
        Assert.Equal(referenced, s_references[project]);

    [Fact]
    public void Only_the_library_references_both_the_protocol_and_the_transport() => Assert.Equal(
        ["WsAot"],
        s_references
            .Where(static project => project.Value.Contains("WsAot.Protocol") && project.Value.Contains("WsAot.Transport"))
            .Select(static project => project.Key));

    [Fact]
    public void What_a_project_references_is_read_from_its_file()
    {
        var project = XDocument.Parse("""
            <Project>
              <ItemGroup>
                <ProjectReference Include="..\A\A.B.csproj" />
                <ProjectReference Include="../C/C.csproj" />
                <ProjectReference Include="../D/D.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
              </ItemGroup>
            </Project>
            """);
        Assert.Equal(["A.B", "C"], ReferencesOf(project));
    }

    // But for those of the templates, which become projects elsewhere.
    private static Dictionary<string, string[]> FindReferences() =>
        new[] { "src", "generators" }
            .SelectMany(static folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(static file => !Path.GetRelativePath(Repository.Root, file).Split('/', '\\').Contains("templates"))
            .ToDictionary(static file => Path.GetFileNameWithoutExtension(file), static file => ReferencesOf(XDocument.Load(file)));

    /// <summary>The projects whose code a project sees. Of an analyzer it sees nothing: the compiler runs it.</summary>
    private static string[] ReferencesOf(XDocument project) =>
    [
        .. project.Descendants("ProjectReference")
            .Where(static reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(static reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];
}
