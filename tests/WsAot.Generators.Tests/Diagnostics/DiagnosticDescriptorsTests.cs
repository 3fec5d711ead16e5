using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Diagnostics;

/// <summary>Every rule is reported by an analyzer, release-tracked, and explained on a page whose examples are correct.</summary>
public partial class DiagnosticDescriptorsTests
{
    private static readonly ImmutableArray<DiagnosticDescriptor> s_rules =
    [
        .. typeof(DiagnosticDescriptors).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(static field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(static rule => rule.Id, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Ids => [.. s_rules.Select(static rule => rule.Id)];

    [Fact]
    public void Ids_are_unique_and_without_a_gap() =>
        Assert.Equal(
            Enumerable.Range(1, s_rules.Length).Select(static number => $"WSA{number:000}"),
            s_rules.Select(static rule => rule.Id));

    [Fact]
    public void Each_rule_is_reported_by_one_analyzer() =>
        Assert.Equal(
            s_rules.Select(static rule => rule.Id),
            Analysis.Analyzers
                .SelectMany(static analyzer => analyzer.SupportedDiagnostics)
                .Select(static rule => rule.Id)
                .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_tracked_with_its_title_and_severity(string id)
    {
        DiagnosticDescriptor rule = s_rules.Single(rule => rule.Id == id);
        string tracking = File.ReadAllText(Path.Combine(Repository.Generator, "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(Repository.Generator, "AnalyzerReleases.Shipped.md"));
        Assert.Contains($"{id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}", tracking, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_that_its_link_names_and_the_index_lists(string id)
    {
        DiagnosticDescriptor rule = s_rules.Single(rule => rule.Id == id);
        Assert.EndsWith($"/docs/reference/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}: {rule.Title}\n", Page(id), StringComparison.Ordinal);
        Assert.Contains(
            $"[{id}]({id}.md) | {rule.DefaultSeverity} | {rule.Title} |",
            File.ReadAllText(Path.Combine(Repository.HelpPages, "README.md")),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_example_of_a_page_breaks_that_rule_alone(string id)
    {
        CSharpCompilation bad = Example(id, "Bad");
        Assert.Empty(Analysis.CompilerErrors(bad));
        Diagnostic[] reported = await Analysis.Run(bad);
        Assert.NotEmpty(reported);
        Assert.All(reported, diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_fixed_example_of_a_page_compiles_and_breaks_no_rule(string id)
    {
        CSharpCompilation example = Example(id, "Fixed");
        Assert.Empty(await Analysis.Run(example));
        Assert.Contains("WsRouteOptions(", GeneratorRun.Generate(example, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void No_page_is_of_a_rule_that_does_not_exist() =>
        Assert.Equal(
            s_rules.Select(static rule => rule.Id),
            Directory.GetFiles(Repository.HelpPages, "WSA*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    private static string Page(string id) => File.ReadAllText(Path.Combine(Repository.HelpPages, id + ".md")).ReplaceLineEndings("\n");

    /// <summary>The code under a heading, as the C# of the LangVersion that the text above it names, or else as the latest.</summary>
    private static CSharpCompilation Example(string id, string heading)
    {
        MatchCollection examples = CodeBlock().Matches(Page(id));
        Match example = Assert.Single(examples, match => match.Groups["heading"].Value == heading);
        CSharpParseOptions options = LanguageVersionFacts.TryParse(example.Groups["version"].Value, out LanguageVersion version)
            ? TestCompilation.ParseOptions.WithLanguageVersion(version)
            : TestCompilation.ParseOptions;
        CSharpCompilation compilation = TestCompilation.Create(
            options,
            NullableContextOptions.Enable,
            "using System; using System.Threading; using System.Threading.Tasks;\n" + example.Groups["code"].Value);
        // Suppressed in every other library of the tests.
        return id == "WSA040" ? compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([])) : compilation;
    }

    [GeneratedRegex(
        "## (?<heading>Bad|Fixed)\n(?:(?:(?!\n## |```)[\\s\\S])*?<LangVersion>(?<version>[0-9.]+)<)?"
            + "(?:(?!\n## |```)[\\s\\S])*```csharp\n(?<code>[\\s\\S]*?)```")]
    private static partial Regex CodeBlock();
}
