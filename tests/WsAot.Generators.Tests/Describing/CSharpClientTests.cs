using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Describing;

/// <summary>The C# client: what is written for an application, and that it compiles without a warning where users put it.</summary>
public class CSharpClientTests
{
    public static TheoryData<string> Applications => ["described", "types", "topics", "hostile", "nothing"];

    [Theory]
    [MemberData(nameof(Applications))]
    public void It_compiles_without_warnings(string application) => AssertCompiles(GeneratorRun.Describe("csharp", Source(application)));

    [Fact]
    public void Described() => Snapshot.Match(DescriptionTests.WithoutRuntime(GeneratorRun.Describe("csharp", Source("described"))), "txt");

    [Fact]
    public void Types() => Snapshot.Match(DescriptionTests.WithoutRuntime(GeneratorRun.Describe("csharp", Source("types"))), "txt");

    [Fact]
    public void Topics() => Snapshot.Match(DescriptionTests.WithoutRuntime(GeneratorRun.Describe("csharp", Source("topics"))), "txt");

    [Fact]
    public void What_topics_run_on_is_there_only_if_a_route_has_topics()
    {
        Assert.DoesNotContain("RpcTopics", GeneratorRun.Describe("csharp", Source("described")), StringComparison.Ordinal);
        Assert.DoesNotContain("RpcTopics", GeneratorRun.Describe("typescript", Source("described")), StringComparison.Ordinal);
        Assert.Contains("class RpcTopics", GeneratorRun.Describe("csharp", Source("topics")), StringComparison.Ordinal);
    }

    /// <summary>The client is that of the application in this repository.</summary>
    [Fact]
    public void The_example_of_the_page_compiles()
    {
        string folder = Path.Combine(Repository.Root, "src", "WsAot.App", "Handlers", "Rpc");
        string[] handlers = [DocumentationTests.ImplicitUsings, .. Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText)];
        string client = Encoding.UTF8.GetString(
            LoadedRoutes.Load(TestCompilation.Create(handlers).WithAssemblyName("WsAot.App")).Describe("csharp"));
        // As --namespace does it.
        client = client.Replace("namespace WsAot.App.Client;", "namespace Example.Client;", StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "describe.md")).ReplaceLineEndings("\n");
        string example = page.Split("```csharp\n")[1].Split("```")[0];
        AssertCompiles(OutputKind.ConsoleApplication, client, DocumentationTests.ImplicitUsings + "\n" + example);
    }

    internal static void AssertCompiles(string file) => AssertCompiles(OutputKind.DynamicallyLinkedLibrary, file);

    private static void AssertCompiles(OutputKind kind, params string[] files)
    {
        CSharpParseOptions options = TestCompilation.ParseOptions.WithDocumentationMode(DocumentationMode.Diagnose);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Client",
            files.Select((file, i) => CSharpSyntaxTree.ParseText(file, options, $"Client{i}.cs")),
            TestCompilation.References,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(
                [.. SystemTextJson.GeneratorsFor(compilation)],
                parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation withJson, out var reported);
        Assert.Empty(reported);
        Assert.Empty(withJson.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    private static string Source(string application) => application switch
    {
        "described" => DescriptionTests.Application,
        "types" => TypesTests.Application,
        "topics" => TopicSnapshotTests.Source,
        "nothing" => "public class Nothing;",
        _ => TestCompilation.JsonUsings + """
            namespace System2;
            /// <summary>A &lt;b&gt; &amp; more.</summary>
            public record Task2(int Task2_, string ToString2, [property: JsonPropertyName("Clone")] int Clone2);
            public record Uri(int Uri_, [property: JsonPropertyName("a b")] int A, [property: JsonPropertyName("a-b")] int B,
                [property: JsonPropertyName("1")] int C, [property: JsonPropertyName("uri")] int D,
                [property: JsonPropertyName("clone")] int E);
            [JsonRpcClient] public interface ICommon { void Left(); }
            [JsonRpcClient] public interface IOne : ICommon
            {
                void Said(string text);
                Task<int?> AskAsync(string? result, CancellationToken c);
            }
            [JsonRpcClient] public interface ITwo : ICommon { [JsonRpcMethod("said")] void Said(int parameters); Task Wait(); }
            [JsonRpcClient, WsTopic("x/{writer}/{cancellationToken:long}")]
            public interface ITopic { void OnGap(int @class); [JsonRpcMethod("on gap")] void Other(string parameters); void Call(); }
            [WsRoute("/a b/{server}/{*options}", Json = typeof(Json), Topics = [typeof(ITopic)])]
            public class Rpc(IOne one, ITwo two, string server, string options)
            {
                [OnOpen] public void Opened() { one.Left(); two.Left(); }
                [JsonRpcMethod("Equals")] public void Equals2(int writer, string @class, bool cancellationToken) { }
                [JsonRpcMethod("state")] public Uri? State(int? a = 1, string? b = null, int[]? c = null, Uri? d = null) => null;
                [JsonRpcMethod("call")] public System.Collections.Generic.List<string?> Call2(object anything, int a = 5) => [];
                [JsonRpcMethod("\"")] public async IAsyncEnumerable<string?> Quote([EnumeratorCancellation] CancellationToken c)
                {
                    await Task.Yield();
                    yield break;
                }
                [JsonRpcMethod("topic")] public Task2 Topic() => new(1, "", 2);
            }
            [JsonSerializable(typeof(string))] [JsonSerializable(typeof(int?))] [JsonSerializable(typeof(int[]))]
            [JsonSerializable(typeof(bool))]
            [JsonSerializable(typeof(Uri))] [JsonSerializable(typeof(List<string>))] [JsonSerializable(typeof(object))]
            [JsonSerializable(typeof(Task2))] public partial class Json : JsonSerializerContext;
            """,
    };
}
