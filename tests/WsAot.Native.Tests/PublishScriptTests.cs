using System.Text.RegularExpressions;
using System.Xml.Linq;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>publish.ps1 is read here, not run: it must stay a thin shell over the publishing that the other tests do.</summary>
public sealed partial class PublishScriptTests
{
    private readonly string _script = File.ReadAllText(Path.Combine(Repository.Root, "publish.ps1"));

    [Fact]
    public void It_is_strict()
    {
        Assert.Contains("Set-StrictMode -Version Latest", _script, StringComparison.Ordinal);
        Assert.Contains("$ErrorActionPreference = 'Stop'", _script, StringComparison.Ordinal);
        Assert.Contains("[CmdletBinding()]", _script, StringComparison.Ordinal);
    }

    [Fact]
    public void It_takes_a_runtime_a_framework_and_an_output_folder() =>
        Assert.Equal(["Runtime", "Framework", "Output"], Parameter().Matches(_script).Select(match => match.Groups[1].Value));

    [Fact]
    public void Its_frameworks_are_those_of_the_libraries()
    {
        string set = ValidateSet().Match(_script).Groups[1].Value;
        string libraries = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("LibraryFrameworks").Single().Value;
        Assert.Equal(libraries.Split(';'), set.Split(',').Select(framework => framework.Trim().Trim('\'')));
    }

    [Fact]
    public void It_publishes_the_project_of_the_readme()
    {
        Match publish = Publish().Match(_script);
        Assert.True(publish.Success, "No line publishes anything.");
        Assert.Equal("src/WsAot.App", publish.Groups["project"].Value);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Repository.Root, publish.Groups["project"].Value), "*.csproj"));
        Assert.Contains("'-c', 'Release'", _script, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_property_it_sets_is_one_that_the_project_files_declare()
    {
        string[] set = [.. Property().Matches(_script).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(set);
        IEnumerable<string> declared = new[] { "Directory.Build.props", "src/Directory.Build.props", "src/WsAot.App/WsAot.App.csproj" }
            .SelectMany(file => XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("PropertyGroup"))
            .SelectMany(group => group.Elements())
            .Select(property => property.Name.LocalName);
        Assert.Empty(set.Except(declared));
    }

    [Fact]
    public void It_passes_the_exit_code_on() => Assert.EndsWith("exit $LASTEXITCODE\n", _script, StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*\[string\] \$(\w+)", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\[ValidateSet\(([^)]*)\)\]")]
    private static partial Regex ValidateSet();

    [GeneratedRegex(@"'publish', '(?<project>[^']+)'")]
    private static partial Regex Publish();

    [GeneratedRegex(@"-p:(\w+)=")]
    private static partial Regex Property();
}
