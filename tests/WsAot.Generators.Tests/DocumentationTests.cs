using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WsAot.Generators.Tests.Compilations;
using WsAot.Transport;

namespace WsAot.Generators.Tests;

/// <summary>
/// The examples in the documentation compile without errors and warnings if they are pasted into a new project.
/// </summary>
public partial class DocumentationTests
{
    /// <summary>The implicit usings of a new project.</summary>
    internal const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] s_packages =
    [
        MetadataReference.CreateFromFile(typeof(IServiceCollection).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ServiceProvider).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(IConfiguration).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(TransportException).Assembly.Location),
    ];

    public static IEnumerable<object[]> Examples =>
        from page in (string[])["README.md", "docs/reference/handlers.md", "docs/how-to/http.md"]
        from number in Enumerable.Range(1, Blocks(page).Length)
        select new object[] { page, number };

    [Fact]
    public void The_page_of_handlers_has_an_example_in_each_of_its_chapters()
    {
        string[] chapters = Read("docs/reference/handlers.md").Split("\n## ")[1..];
        Assert.Equal(
            ["The life of a connection"],
            chapters
                .Where(static chapter => !chapter.Contains("```csharp", StringComparison.Ordinal))
                .Select(static chapter => chapter.Split('\n')[0]));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_compiles(string page, int number)
    {
        string code = Blocks(page)[number - 1];
        CSharpCompilation example = Compile(code);
        Diagnostic[] reported = await Analysis.Run(example);
        GeneratorRun.CreateDriver(example).RunGeneratorsAndUpdateCompilation(example, out Compilation withGenerated, out _);
        IEnumerable<Diagnostic> compiler =
            withGenerated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.True(reported.Length == 0 && !compiler.Any(), $"{string.Join('\n', reported.Concat(compiler))}\n{code}");
        SyntaxTree routes = withGenerated.SyntaxTrees
            .Single(static tree => tree.FilePath.EndsWith(WsRouteGenerator.FileName, StringComparison.Ordinal));
        Assert.Contains("WsRouteOptions(", routes.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The examples of these pages belong together, as the files of one project.</summary>
    [Theory]
    [InlineData("docs/how-to/filters.md")]
    [InlineData("docs/how-to/authentication.md")]
    [InlineData("docs/how-to/tls.md")]
    [InlineData("docs/start/tutorial.md")]
    public async Task The_examples_of_a_page_compile_together(string page)
    {
        CSharpCompilation examples = Compile(Blocks(page));
        GeneratorRun.CreateDriver(examples).RunGeneratorsAndUpdateCompilation(examples, out Compilation withGenerated, out _);
        Assert.Empty(await Analysis.Run(examples));
        Assert.Empty(withGenerated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    /// <summary>Examples that have no handler.</summary>
    [Theory]
    [InlineData("docs/how-to/background-work.md", "using WsAot;")]
    [InlineData("docs/how-to/configuration.md", "using WsAot;")]
    public async Task An_example_without_a_handler_compiles(string page, string beginning)
    {
        string code = Blocks(page).Single(block => block.StartsWith(beginning, StringComparison.Ordinal));
        CSharpCompilation example = Compile(code);
        GeneratorRun.CreateDriver(example).RunGeneratorsAndUpdateCompilation(example, out Compilation withGenerated, out _);
        Assert.Empty(await Analysis.Run(example));
        Assert.Empty(withGenerated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public async Task An_example_that_is_wrong_is_found_out()
    {
        string code = Blocks("docs/reference/handlers.md")[0].Replace("ReadOnlySpan<byte> utf8", "int utf8", StringComparison.Ordinal);
        Assert.NotEmpty(await Analysis.Run(Compile(code)));
    }

    /// <summary>The examples of a page, as a compilation.</summary>
    internal static CSharpCompilation CompilePage(string page) => Compile(Blocks(page));

    private static CSharpCompilation Compile(params string[] code)
    {
        CSharpCompilation example = TestCompilation.Create([ImplicitUsings, .. code]).AddReferences(s_packages);
        bool isProgram = example.SyntaxTrees.Skip(1)
            .Any(static tree => tree.GetCompilationUnitRoot().Members.Any(static member => member is GlobalStatementSyntax));
        return example.WithOptions(example.Options
            .WithOutputKind(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            // The SDK suppresses this, too: a package was built for an older framework.
            .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("WSA040", ReportDiagnostic.Suppress)]));
    }

    private static string[] Blocks(string page) => [.. CodeBlock().Matches(Read(page)).Select(static block => block.Groups["code"].Value)];

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");

    [GeneratedRegex("```csharp\n(?<code>[\\s\\S]*?)```")]
    private static partial Regex CodeBlock();
}
