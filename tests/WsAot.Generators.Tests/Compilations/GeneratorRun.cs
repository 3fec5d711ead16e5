using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>
/// Runs the generator and checks what holds for every input: after an edit in every method body, or in another file, all steps are cached;
/// the generated file compiles without warnings; and the order of the input files does not change it.
/// </summary>
internal static class GeneratorRun
{
    /// <summary>The root namespace of the project that user code is in.</summary>
    public const string RootNamespace = "MyProject";

    public static string Generate(params string[] sources) => Generate(TestCompilation.Create(sources), out _);

    public static string Generate(CSharpCompilation compilation, out Compilation withGenerated)
    {
        GeneratorDriver driver = CreateDriver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out withGenerated, out _);
        string file = FileOf(driver);
        AssertCompiles(withGenerated);
        CSharpCompilation edited = EditBodies(compilation);
        driver = driver.RunGenerators(edited);
        AssertCached(driver, TrackingNames.All);
        // A new file that has no handlers makes the declarations different, but no later step.
        edited = edited.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("class Unrelated;", (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options));
        AssertCached(driver.RunGenerators(edited), TrackingNames.All.Where(static name => name != TrackingNames.Declarations));

        CSharpCompilation shuffled = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse());
        Assert.Equal(file, FileOf(CreateDriver(shuffled).RunGenerators(shuffled)));
        return file;
    }

    public static GeneratorDriver CreateDriver(CSharpCompilation compilation) => CreateDriver(compilation, RootNamespace);

    public static GeneratorDriver CreateDriver(CSharpCompilation compilation, string? rootNamespace) => CSharpGeneratorDriver.Create(
        [new WsRouteGenerator().AsSourceGenerator(), .. SystemTextJson.GeneratorsFor(compilation)],
        optionsProvider: new ProjectProperties(rootNamespace),
        parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options ?? TestCompilation.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The descriptions of the application, from the constants in the generated file.</summary>
    public static string Describe(string kind, params string[] sources) =>
        Encoding.UTF8.GetString(LoadedRoutes.Load(TestCompilation.Create(sources).WithAssemblyName("MyApp")).Describe(kind));

    public static string FileOf(GeneratorDriver driver)
    {
        GeneratorRunResult result = ResultOf(driver);
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            [WsRouteGenerator.FileName, WsRouteGenerator.DescriptionFileName],
            result.GeneratedSources.Select(static file => file.HintName).Where(static name => name != WsRouteGenerator.TopicFileName));
        return result.GeneratedSources[0].SourceText.ToString();
    }

    /// <summary>Asserts that the last run of the driver took the results of these steps from the run before.</summary>
    public static void AssertCached(GeneratorDriver driver, IEnumerable<string> stages)
    {
        GeneratorRunResult result = ResultOf(driver);
        Assert.All(stages.Where(result.TrackedSteps.ContainsKey), name => Assert.All(result.TrackedSteps[name], AssertCached));
        Assert.Contains(TrackingNames.File, result.TrackedSteps.Keys);
        Assert.All(result.TrackedOutputSteps.Values, static steps => Assert.All(steps, AssertCached));
    }

    // Our generator comes first; that of System.Text.Json may run beside it.
    private static GeneratorRunResult ResultOf(GeneratorDriver driver) => driver.GetRunResult().Results[0];

    private static void AssertCached(IncrementalGeneratorRunStep step) => Assert.All(step.Outputs, output =>
        Assert.True(
            output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
            $"The step '{step.Name}' was {output.Reason}"));

    /// <summary>The same code with one more empty statement in each body.</summary>
    private static CSharpCompilation EditBodies(CSharpCompilation compilation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SyntaxNode edited = new BodyEditor().Visit(tree.GetRoot());
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(edited, tree.Options));
        }

        return compilation;
    }

    private static void AssertCompiles(Compilation compilation) =>
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning
                && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)));

    private sealed class BodyEditor : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) =>
            node.Body is { } body ? node.WithBody(body.WithStatements(body.Statements.Insert(0, SyntaxFactory.EmptyStatement()))) : node;
    }
}
