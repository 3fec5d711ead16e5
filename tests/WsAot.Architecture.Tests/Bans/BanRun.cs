using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace WsAot.Architecture.Tests.Bans;

/// <summary>Compiles a snippet under the bans of src/BannedSymbols.txt, as a build of src does.</summary>
internal static class BanRun
{
    private const string BanIsBroken = "RS0030";

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = [LoadAnalyzer()];

    public static string[] Lines { get; } = Repository.Read("src/BannedSymbols.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static CSharpCompilation Compile(string code) => CSharpCompilation.Create(
        "Snippet",
        [CSharpSyntaxTree.ParseText(code)],
        References.Of("WsAot"),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>The messages of the bans that a snippet breaks.</summary>
    public static async Task<string[]> Report(string code, IEnumerable<string> bans)
    {
        CSharpCompilation compilation = Compile(code);
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var options = new AnalyzerOptions([new BanFile(string.Join('\n', bans))]);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(s_analyzers, options);
        ImmutableArray<Diagnostic> reported = await analysis.GetAnalyzerDiagnosticsAsync();
        Assert.All(reported, static diagnostic => Assert.Equal(BanIsBroken, diagnostic.Id));
        return [.. reported.Select(static diagnostic => diagnostic.GetMessage(null))];
    }

    /// <summary>By its name: other analyzers of the package want assemblies that only an editor has.</summary>
    private static DiagnosticAnalyzer LoadAnalyzer()
    {
        string package = typeof(BanRun).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "BannedApiAnalyzers").Value!;
        return (DiagnosticAnalyzer)Activator.CreateInstance(
            Assembly.LoadFrom(Path.Combine(package, "analyzers/dotnet/cs/Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll"))
                .GetType("Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.CSharpSymbolIsBannedAnalyzer", throwOnError: true)!)!;
    }

    private sealed class BanFile(string text) : AdditionalText
    {
        public override string Path => "BannedSymbols.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
