using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Tests.Compilations;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>In which namespace <c>WsRoutes</c> is, who sees it, and that programs find it.</summary>
public class TablePlaceTests
{
    private const string Handler = Usings + """
        namespace Any { [WsRoute("/a")] public class A { [OnOpen] public void Opened() { } } }
        """;

    // Of a project beside it, which may not declare the same type.
    private const string OtherHandler = Usings + """
        namespace Other { [WsRoute("/b")] public class B { [OnOpen] public void Opened() { } } }
        """;

    private const string Program = "using WsAot;\nreturn await WsServer.RunAsync(WsRoutes.Table, args);";

    [Theory]
    [InlineData("My.App", "My.App.WsRoutes")]
    [InlineData("App", "App.WsRoutes")]
    [InlineData("my-app.7zip", "my_app._7zip.WsRoutes")]
    [InlineData("My App..Web.", "My_App.Web.WsRoutes")]
    [InlineData("a.class.event", "a.class.event.WsRoutes")]
    [InlineData("caf\u00e9", "caf\u00e9.WsRoutes")]
    [InlineData("WsAot", "WsAot.WsRoutes")]
    [InlineData("", "WsRoutes")]
    [InlineData(null, "WsRoutes")]
    [InlineData(".-.", "_.WsRoutes")]
    public void A_program_finds_it_in_the_root_namespace(string? rootNamespace, string expected)
    {
        Compilation compiled = Compile(rootNamespace, OutputKind.ConsoleApplication, Program, Handler);
        Assert.Empty(ProblemsIn(compiled));
        Assert.Equal(Accessibility.Internal, compiled.GetTypeByMetadataName(expected)!.DeclaredAccessibility);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.Latest)]
    public void Every_version_of_the_language_that_is_supported_has_aliases_for_all_files(LanguageVersion version)
    {
        var options = new CSharpParseOptions(version);
        CSharpCompilation compilation = Create(options, NullableContextOptions.Enable, Program, Handler)
            .WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        GeneratorRun.CreateDriver(compilation, "App").RunGeneratorsAndUpdateCompilation(compilation, out Compilation compiled, out _);
        Assert.Empty(compiled.GetDiagnostics().Where(static problem => problem.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    // The project Chat with a class Chat outside of every namespace, or around it.
    [InlineData("Chat", "class Chat;", "WsRoutes")]
    [InlineData("My.Chat.Web", "namespace My { class Chat; }", "WsRoutes")]
    // A name of the user's own.
    [InlineData("App", "namespace Other { class WsRoutes; }", "App.WsRoutes")]
    [InlineData("App", "global using Ours = App.WsRoutes;", "App.WsRoutes")]
    public void A_program_finds_it_whatever_else_has_such_a_name(string rootNamespace, string other, string expected)
    {
        Compilation compiled = Compile(rootNamespace, OutputKind.ConsoleApplication, other, Program, Handler);
        Assert.Empty(ProblemsIn(compiled));
        Assert.NotNull(compiled.GetTypeByMetadataName(expected));
    }

    [Theory]
    [InlineData("class WsRoutes;", "_ = App.WsRoutes.Table; _ = new WsRoutes();")]
    [InlineData("global using WsRoutes = App.WsRoutes;", "_ = WsRoutes.Table;")]
    [InlineData("", "using WsRoutes = App.WsRoutes;\n_ = WsRoutes.Table;")]
    public void A_user_who_gives_the_name_himself_keeps_it(string other, string program) =>
        Assert.Empty(ProblemsIn(Compile("App", OutputKind.ConsoleApplication, other, program, Handler)));

    [Fact]
    public void A_library_makes_it_public_by_a_part_of_its_own()
    {
        Compilation library =
            Compile("Lib", OutputKind.DynamicallyLinkedLibrary, "namespace Lib; public static partial class WsRoutes;", Handler);
        Assert.Empty(ProblemsIn(library));
        Assert.Equal(Accessibility.Public, library.GetTypeByMetadataName("Lib.WsRoutes")!.DeclaredAccessibility);
        Compilation application = Compile(
            "App",
            OutputKind.ConsoleApplication,
            [library.ToMetadataReference()],
            "using WsAot; using WsAot.Routing;\n"
                + "return await WsServer.RunAsync(WsRouteTable.Combine(WsRoutes.Table, Lib.WsRoutes.Table), args);",
            OtherHandler);
        Assert.Empty(ProblemsIn(application));
    }

    [Theory]
    [InlineData("App.Tests")]
    [InlineData("Tests")]
    public void Who_sees_the_internals_of_another_project_sees_both_and_no_warning(string tests)
    {
        Compilation application = Compile(
            "App",
            OutputKind.ConsoleApplication,
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]",
            Program,
            Handler);
        const string Test = """
            namespace App.Tests;
            class Test { object Theirs => App.WsRoutes.Table; object Ours => WsRoutes.Table; }
            """;
        Compilation compiled = Compile(tests, OutputKind.DynamicallyLinkedLibrary, [application.ToMetadataReference()], Test, OtherHandler);
        Assert.Empty(ProblemsIn(compiled));
    }

    [Theory]
    [InlineData("App.Tests", true, "", "App.WsRoutes")]
    [InlineData("App.Tests.More", true, "", "App.WsRoutes")]
    [InlineData("Tests", true, "", "Tests.WsRoutes")]
    // What nobody may see hides nothing.
    [InlineData("App.Tests", false, "", "App.Tests.WsRoutes")]
    // A handler of its own needs a table of its own.
    [InlineData("App.Tests", true, OtherHandler, "App.Tests.WsRoutes")]
    public void A_test_project_without_handlers_means_the_table_of_what_it_tests(
        string tests, bool seesInternals, string handler, string table)
    {
        string friend = seesInternals ? "Tests" : "Others";
        Compilation application = Compile(
            "App",
            OutputKind.ConsoleApplication,
            $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]",
            Program,
            Handler);
        string test = $"namespace {tests};\nclass Test {{ object Table => WsRoutes.Table; }}";
        Compilation compiled =
            Compile(tests, OutputKind.DynamicallyLinkedLibrary, [application.ToMetadataReference()], test, handler);
        Assert.Empty(ProblemsIn(compiled));
        SyntaxTree tree = compiled.SyntaxTrees.Single(tree => tree.ToString() == test);
        SyntaxNode use = tree.GetRoot().DescendantNodes().First(static node => node.ToString() == "WsRoutes.Table");
        Assert.Equal(table, compiled.GetSemanticModel(tree).GetSymbolInfo(use).Symbol!.ContainingType.ToDisplayString());
    }

    private static Compilation Compile(string? rootNamespace, OutputKind kind, params string[] sources) =>
        Compile(rootNamespace, kind, [], sources);

    private static Compilation Compile(string? rootNamespace, OutputKind kind, MetadataReference[] references, params string[] sources)
    {
        CSharpCompilation compilation = Create(sources).AddReferences(references);
        // The name that the application lets see its internals.
        if (references.Length > 0) compilation = compilation.WithAssemblyName("Tests");
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(kind));
        GeneratorRun.CreateDriver(compilation, rootNamespace)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation compiled, out _);
        return compiled;
    }

    private static IEnumerable<Diagnostic> ProblemsIn(Compilation compiled) =>
        compiled.GetDiagnostics().Where(static problem => problem.Severity >= DiagnosticSeverity.Warning);
}
