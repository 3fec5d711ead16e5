using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests;

/// <summary>Edits in an application of 500 handlers with 10 methods each, one handler per file.</summary>
public partial class JsonRpcScaleTests
{
    private const string Shared = TestCompilation.JsonUsings + """
        public sealed record Item(int Id, string Name);
        [JsonRpcClient] public interface IClient { void Changed(Item item); Task<string> Ask(string question); }
        [JsonSerializable(typeof(Item[]))] [JsonSerializable(typeof(Dictionary<string, Item>))]
        public sealed partial class Json : JsonSerializerContext;
        """;

    [Fact]
    public void Five_hundred_handlers_of_ten_methods_compile_and_an_edit_in_their_bodies_makes_nothing_again()
    {
        // Generate() checks both.
        string file = GeneratorRun.Generate([.. Enumerable.Range(0, 500).Select(static i => Handler(i)), Shared]);
        Assert.Equal(500, RouteClass().Count(file));
        Assert.Equal(5000, CallMethod().Count(file));
        // Shared by all of them: the client, and each of the types int, string, Item, Item[], Dictionary<string, Item>.
        Assert.Single(ProxyClass().Matches(file));
        Assert.Equal(5, TypeProperty().Count(file));
    }

    [Fact]
    public void An_edit_in_the_signature_of_one_method_makes_that_handler_and_the_file_again()
    {
        CSharpCompilation compilation = TestCompilation.Create([.. Enumerable.Range(0, 20).Select(static i => Handler(i)), Shared]);
        GeneratorDriver driver = GeneratorRun.CreateDriver(compilation).RunGenerators(compilation);
        SyntaxTree tree = compilation.SyntaxTrees[7];
        SyntaxTree edited = CSharpSyntaxTree.ParseText(
            Handler(7).Replace("int Add(", "long Add(", StringComparison.Ordinal), TestCompilation.ParseOptions, tree.FilePath);

        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, edited)).GetRunResult().Results[0];
        IncrementalStepRunReason[] parsed = [.. result.TrackedSteps[TrackingNames.Handlers]
            .SelectMany(static step => step.Outputs)
            .Select(static output => output.Reason)];
        Assert.Equal(20, parsed.Length);
        Assert.Single(parsed, static reason => reason == IncrementalStepRunReason.Modified);
        Assert.Equal(
            IncrementalStepRunReason.Modified, Assert.Single(Assert.Single(result.TrackedSteps[TrackingNames.File]).Outputs).Reason);
    }

    private static string Handler(int i) => TestCompilation.JsonUsings + $$"""
        [WsRoute("/api/handler{{i:000}}", Json = typeof(Json))]
        public class Handler{{i}}(IClient client)
        {
            [JsonRpcMethod] public int Add(int left, int right) { return left + right; }
            [JsonRpcMethod] public Item Get(int id) { return new Item(id, ""); }
            [JsonRpcMethod] public Item[] List(int skip = 0, int take = 10) { return []; }
            [JsonRpcMethod] public async Task<string> Ask(string question) { return await client.Ask(question); }
            [JsonRpcMethod] public void Change(Item item) { client.Changed(item); }
            [JsonRpcMethod("items/remove")] public ValueTask Remove(int id, CancellationToken token) { return default; }
            [JsonRpcMethod("items/count")] public int Count() { return {{i}}; }
            [JsonRpcMethod("items/all")] public Dictionary<string, Item> All(string? prefix) { return []; }
            [JsonRpcMethod("items/watch")]
            public async IAsyncEnumerable<Item> Watch([EnumeratorCancellation] CancellationToken token) { await Task.Yield(); yield break; }
            [JsonRpcMethod("items/name")] public string? Name(WsConnection connection, Item? item) { return item?.Name; }
        }
        """;

    [GeneratedRegex(@"private sealed class Handler\d+Route : global::WsAot\.JsonRpc\.JsonRpcRoute")]
    private static partial Regex RouteClass();

    [GeneratedRegex(@"private static bool Call\w+\(")]
    private static partial Regex CallMethod();

    [GeneratedRegex("private sealed class ClientProxy")]
    private static partial Regex ProxyClass();

    [GeneratedRegex(@"public static .* Of\w+ =>")]
    private static partial Regex TypeProperty();
}
