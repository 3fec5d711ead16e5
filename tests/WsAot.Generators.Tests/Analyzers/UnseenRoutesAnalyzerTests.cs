using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Tests.Compilations;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class UnseenRoutesAnalyzerTests
{
    private const string Handlers = Usings + """
        [WsRoute("/b")] public class B { [OnOpen] public void Opened() { } }
        [WsRoute("/a")] public class A { [OnOpen] public void Opened() { } }
        """;

    [Fact]
    public async Task WSA040_a_library_whose_table_nobody_sees()
    {
        Diagnostic report = Assert.Single(await Run(OutputKind.DynamicallyLinkedLibrary, Handlers));
        Assert.Equal("WSA040", report.Id);
        Assert.Equal(
            "Write 'public static partial class WsRoutes;' in the namespace 'MyProject', and combine the tables in the application with "
                + "WsRouteTable.Combine(WsRoutes.Table, MyProject.WsRoutes.Table): otherwise nothing serves 'B'",
            report.GetMessage(null));
        Assert.Equal(Handlers.IndexOf("B {", StringComparison.Ordinal), report.Location.SourceSpan.Start);
    }

    [Theory]
    [InlineData("namespace Other; public static partial class WsRoutes;")]
    [InlineData("class Names { string Name => nameof(MyProject.WsRoutes); }")]
    public async Task WSA040_what_does_not_help(string source) =>
        Assert.Single(await Run(OutputKind.DynamicallyLinkedLibrary, Handlers, source));

    [Theory]
    [InlineData("namespace MyProject; public static partial class WsRoutes;")]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App\")]")]
    [InlineData("public class Routes { public object All => MyProject.WsRoutes.Table; }")]
    public async Task WSA040_not_for_a_table_that_somebody_sees(string source) =>
        Assert.Empty(await Run(OutputKind.DynamicallyLinkedLibrary, Handlers, source));

    [Fact]
    public async Task WSA040_not_in_executables_and_not_without_handlers()
    {
        // A test project is an executable, too.
        Assert.Empty(await Run(OutputKind.ConsoleApplication, Handlers, "class Program { static void Main() { } }"));
        Assert.Empty(await Run(OutputKind.WindowsApplication, Handlers, "class Program { static void Main() { } }"));
        Assert.Empty(await Run(OutputKind.DynamicallyLinkedLibrary, "public class Nothing;"));
    }

    private static Task<Diagnostic[]> Run(OutputKind kind, params string[] sources)
    {
        CSharpCompilation compilation = Create(sources);
        return Analysis.Run(compilation.WithOptions(new CSharpCompilationOptions(kind)));
    }
}
