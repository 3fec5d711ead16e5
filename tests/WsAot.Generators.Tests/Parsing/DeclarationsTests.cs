using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Parsing;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Parsing;

public class DeclarationsTests
{
    private const string Source = TestCompilation.JsonUsings + """
        /// <summary>Talks.</summary>
        [WsRoute("/chat")]
        public class Chat
        {
            private const int Most = 3;
            private int _count = 1;
            public int Count => _count + 1;
            public int Twice { get { return _count * 2; } set => _count = value / 2; }
            public Chat() { _count = 2; }
            // Between two members.
            [OnText] public void Said(string text = "a") { _count = text.Length; }
        }
        public enum Kind { One = 1 }
        """;

    [Theory]
    [InlineData("_count + 1", "_count + 2")]
    [InlineData("return _count * 2;", "// twice\n return 2 * _count;")]
    [InlineData("value / 2", "value")]
    [InlineData("_count = 2;", "void Local<T>(T value) { } Local(2);")]
    [InlineData("_count = text.Length;", "")]
    [InlineData("_count = text.Length;", "_count = ")]
    public void A_compilation_with_another_body_is_equal(string old, string replacement)
    {
        Assert.True(AreEqual(old, replacement));
        Assert.Equal(Of(Source).GetHashCode(), Of(Edited(old, replacement)).GetHashCode());
    }

    [Theory]
    [InlineData("/chat", "/talk")]
    [InlineData("\"/chat\"", "\"\"\"/chat\"\"\"")]
    [InlineData("Most = 3", "Most = 4")]
    [InlineData("One = 1", "One = 2")]
    [InlineData("string text", "string? text")]
    [InlineData("text = \"a\"", "text = \"b\"")]
    [InlineData("[OnText] public", "[OnText] internal")]
    [InlineData("get { return _count * 2; }", "get;")]
    [InlineData("Talks.", "Shouts.")]
    [InlineData("Between two", "Before the last of the")]
    [InlineData("_count = 2; }", "_count = 2; } }")]
    [InlineData("_count = 2;", "\n#nullable disable\n _count = 2;")]
    [InlineData("_count = 2; }", "\n#if false\n }\n#endif\n }")]
    public void A_compilation_with_another_declaration_is_not_equal(string old, string replacement) =>
        Assert.False(AreEqual(old, replacement));

    [Fact]
    public void What_is_around_the_files_counts_as_well()
    {
        CSharpCompilation compilation = TestCompilation.Create(Source, "class Other;");
        var declarations = new Declarations(compilation);
        Assert.True(declarations.Equals(new Declarations(compilation.Clone())));
        Assert.False(declarations.Equals(null));
        Assert.False(declarations.Equals(new Declarations(compilation.WithAssemblyName("Another"))));
        Assert.False(declarations.Equals(
            new Declarations(compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)))));
        Assert.False(declarations.Equals(new Declarations(compilation.RemoveReferences(compilation.References.First()))));
        Assert.False(declarations.Equals(new Declarations(compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1]))));
        SyntaxTree first = compilation.SyntaxTrees[0];
        SyntaxTree older =
            CSharpSyntaxTree.ParseText(Source, TestCompilation.ParseOptions.WithPreprocessorSymbols("OLDER"), first.FilePath);
        Assert.False(declarations.Equals(new Declarations(compilation.ReplaceSyntaxTree(first, older))));
    }

    [Fact]
    public void What_documentation_says_after_an_edit_is_described()
    {
        CSharpCompilation compilation = TestCompilation.Create(Rpc("Adds."));
        GeneratorDriver driver = GeneratorRun.CreateDriver(compilation).RunGenerators(compilation);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        CSharpCompilation edited =
            compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(Rpc("Sums up."), TestCompilation.ParseOptions, tree.FilePath));
        GeneratorRunResult result = driver.RunGenerators(edited).GetRunResult().Results[0];
        Assert.Contains("Sums up.", result.GeneratedSources[1].SourceText.ToString(), StringComparison.Ordinal);
    }

    private static string Rpc(string summary) => TestCompilation.JsonUsings + $$"""
        [WsRoute("/rpc", Json = typeof(Json))]
        public class Rpc
        {
            /// <summary>{{summary}}</summary>
            [JsonRpcMethod] public int Add(int left, int right) => left + right;
        }
        [JsonSerializable(typeof(int))] public sealed partial class Json : JsonSerializerContext;
        """;

    private static bool AreEqual(string old, string replacement) => Of(Source).Equals(Of(Edited(old, replacement)));

    private static string Edited(string old, string replacement)
    {
        Assert.Contains(old, Source, StringComparison.Ordinal);
        return Source.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static Declarations Of(string source) => new(TestCompilation.Create(source).WithAssemblyName("User"));
}
