using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>
/// Runs all analyzers over user code and the code generated from it. <c>{|WSA006:count|}</c> in a source marks where a rule must report.
/// A missing or additional diagnostic fails the test.
/// </summary>
internal static class Analysis
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(WsRouteGenerator).Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What an analyzer throws ends the test.</summary>
    public static CompilationWithAnalyzersOptions Options { get; } = new(
        new AnalyzerOptions([]), static (exception, _, _) => throw exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);

    /// <summary>Checks sources with marks for the expected diagnostics. Without a mark, nothing may be reported.</summary>
    /// <returns>The diagnostics, for tests that check their messages.</returns>
    public static async Task<Diagnostic[]> Check(params string[] markedSources)
    {
        var expected = new List<string>();
        string[] sources = [.. markedSources.Select((marked, file) => Unmark(marked, $"File{file}.cs", expected))];
        Diagnostic[] reported = await Run(sources);
        expected.Sort(StringComparer.Ordinal);
        Assert.Equal(expected, reported.Select(Describe).Order(StringComparer.Ordinal));
        return reported;
    }

    public static Task<Diagnostic[]> Run(params string[] sources) => Run(TestCompilation.Create(sources));

    public static async Task<Diagnostic[]> Run(CSharpCompilation compilation)
    {
        GeneratorRun.CreateDriver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation withGenerated, out _);
        ImmutableArray<Diagnostic> reported = await withGenerated
            .WithAnalyzers(Analyzers, Options)
            .GetAnalyzerDiagnosticsAsync();
        return [.. reported];
    }

    /// <summary>The compiler errors in user code and the code generated from it.</summary>
    public static IEnumerable<Diagnostic> CompilerErrors(params string[] sources) => CompilerErrors(TestCompilation.Create(sources));

    /// <inheritdoc cref="CompilerErrors(string[])"/>
    public static IEnumerable<Diagnostic> CompilerErrors(CSharpCompilation compilation)
    {
        GeneratorRun.CreateDriver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation withGenerated, out _);
        return withGenerated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    private static string Describe(Diagnostic diagnostic) =>
        Describe(diagnostic.Id, diagnostic.Location.SourceTree?.FilePath, diagnostic.Location.SourceSpan);

    private static string Describe(string id, string? file, TextSpan span) => $"{id} {file}{span}";

    private static string Unmark(string marked, string file, List<string> expected)
    {
        var source = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        for (int i = 0; i < marked.Length; i++)
        {
            if (string.CompareOrdinal(marked, i, "{|WSA", 0, 5) == 0)
            {
                int colon = marked.IndexOf(':', i);
                open.Push((marked[(i + 2)..colon], source.Length));
                i = colon;
            }
            else if (string.CompareOrdinal(marked, i, "|}", 0, 2) == 0 && open.Count > 0)
            {
                (string id, int start) = open.Pop();
                expected.Add(Describe(id, file, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(marked[i]);
            }
        }

        return source.ToString();
    }
}
