using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Describing;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Describing;

/// <summary>The descriptions that <c>--describe</c> prints.</summary>
public class DescriptionTests
{
    internal const string Application = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using WsAot;

        namespace MyApp;

        /// <summary>Counts, and says what it is told.</summary>
        [WsRoute("/rpc", Json = typeof(AppJson), Subprotocols = ["calc.v1"])]
        public sealed class Calculator(IChatClient client, WsTopic<IChatClient> everyone)
        {
            /// <summary>The sum of <paramref name="numbers"/>.</summary>
            /// <param name="numbers">What is added.</param>
            /// <returns>Zero for none.</returns>
            [JsonRpcMethod] public int Sum(int[] numbers) => numbers.Length;

            /// <summary>
            /// A tick
            /// each second.
            /// </summary>
            [JsonRpcMethod("clock/ticks")]
            public async IAsyncEnumerable<Tick> Ticks(int count, [EnumeratorCancellation] CancellationToken cancel, TimeSpan? every = null)
            {
                await Task.Yield();
                yield break;
            }

            [JsonRpcMethod] public void Say(Message message) => client.Said(message.Who, message.Text);

            [JsonRpcMethod("close")] public Task<Message?> Close(bool @class) => Task.FromResult<Message?>(null);
        }

        /// <param name="Number">From 1.</param>
        public sealed record Tick(int Number, DateTimeOffset At);

        public sealed record Message(string Who, string Text, Mood Mood = Mood.Fine);

        public enum Mood { Fine, Grim = 5 }

        /// <summary>What a client shows.</summary>
        [JsonRpcClient]
        public interface IChatClient
        {
            void Said(string who, string text);
            /// <summary>Asks the person.</summary>
            Task<string> AskName(CancellationToken cancel);
        }

        [WsRoute("/echo/{room}")]
        public sealed class Echo(string room)
        {
            [OnText] public void Text(string text) { }
            [OnClose] public void Closed() { }
        }

        [JsonSerializable(typeof(int[]))]
        [JsonSerializable(typeof(int))]
        [JsonSerializable(typeof(bool))]
        [JsonSerializable(typeof(string))]
        [JsonSerializable(typeof(TimeSpan?))]
        [JsonSerializable(typeof(Tick))]
        [JsonSerializable(typeof(Message))]
        internal sealed partial class AppJson : JsonSerializerContext;
        """;

    [Fact]
    public void Routes() => Snapshot.Match(GeneratorRun.Describe("routes", Application), "txt");

    [Fact]
    public void OpenRpc() => Snapshot.Match(GeneratorRun.Describe("openrpc", Application), "json");

    [Fact]
    public void An_application_without_JSON_RPC_says_that_it_has_none()
    {
        string[] handlers = [TestCompilation.Usings + "[WsRoute(\"/a\")] public class A { [OnText] public void Text(string text) { } }"];
        Assert.Equal("ROUTE  HANDLER  TAKES  SUBPROTOCOLS\n/a     A        text\n", GeneratorRun.Describe("routes", handlers));
        Assert.Equal(
            """
            {
              "openrpc": "1.3.2",
              "info": { "title": "MyApp", "version": "0.0.0" },
              "methods": []
            }

            """.ReplaceLineEndings("\n"),
            GeneratorRun.Describe("openrpc", handlers));
        Assert.EndsWith("\nexport {};\n", GeneratorRun.Describe("typescript", handlers), StringComparison.Ordinal);
        Assert.Equal("ROUTE  HANDLER  TAKES  SUBPROTOCOLS\n", GeneratorRun.Describe("routes", "class None;"));
        Assert.Equal("", GeneratorRun.Describe("yaml", handlers));
    }

    [Fact]
    public void Comments_are_read_where_no_documentation_is_made()
    {
        CSharpParseOptions options = TestCompilation.ParseOptions.WithDocumentationMode(DocumentationMode.None);
        CSharpCompilation compilation = TestCompilation.Create(options, NullableContextOptions.Enable, Application);
        string file = GeneratorRun.CreateDriver(compilation)
            .RunGenerators(compilation)
            .GetRunResult().Results[0].GeneratedSources[1].SourceText
            .ToString();
        Assert.Contains("\"summary\": \"A tick each second.\"", file, StringComparison.Ordinal);
        Assert.Contains("\"description\": \"From 1.\"", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_a_comment_stay_apart_where_only_their_elements_do() => Assert.Contains(
        "\"summary\": \"The first second of string or null.\"",
        GeneratorRun.Describe("openrpc", TestCompilation.JsonUsings + """
            [WsRoute("/", Json = typeof(Json))] public class Handler
            {
                /// <summary>The <c>first</c> <c>second</c>
                /// <b>of</b> <see cref="string"/> <i>or</i> <see langword="null"/>.</summary>
                [JsonRpcMethod] public void Say() { }
            }
            [JsonSerializable(typeof(string))] public partial class Json : JsonSerializerContext;
            """),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("/** <summary>Says it.</summary> */")]
    [InlineData("/**<summary>Says\n\tit.</summary>*/")]
    [InlineData("/**\n  * <summary>\n  * Says it.\n  * </summary>\n  */")]
    [InlineData("/** <summary>\r\n *  Says\r\n *\r\n * it.</summary> */")]
    [InlineData("/// <summary>Says it.</summary>\n//// <summary>Said it.</summary>")]
    public void A_comment_is_read_in_either_form(string comment) => Assert.All(
        new[] { DocumentationMode.Parse, DocumentationMode.None },
        mode => Assert.Contains("\"summary\": \"Says it.\"", Described(mode, comment), StringComparison.Ordinal));

    [Theory]
    [InlineData("/** <summary>\n 2\n * 3</summary> */", "2 * 3")]
    [InlineData("/// <summary><see cref=\"Say(System.Int32)\"/></summary>", "Say")]
    [InlineData("/// <summary><see cref=\"My.Page{System.String}.Say(My.Page{System.Int32}, System.Int32)\"/></summary>", "Say")]
    [InlineData("/// <summary><see cref=\"My.Page{System.String}\"/></summary>", "Page<System.String>")]
    [InlineData("/// <summary><see cref=\"T:My.Page\"/></summary>", "Page")]
    [InlineData("/// <summary><see cref=\"T:Page\"/> <see cref=\"global::Page\"/></summary>", "Page Page")]
    public void What_a_comment_says_is_read(string comment, string summary) =>
        Assert.Contains($"\"summary\": \"{summary}\"", Described(DocumentationMode.Parse, comment), StringComparison.Ordinal);

    [Theory]
    [InlineData("//// <summary>Said it.</summary>")]
    [InlineData("/*** <summary>Said it.</summary> */")]
    [InlineData("/* <summary>Said it.</summary> */")]
    [InlineData("/**/")]
    public void Other_comments_are_not_read(string comment) => Assert.All(
        new[] { DocumentationMode.Parse, DocumentationMode.None },
        mode => Assert.DoesNotContain("summary", Described(mode, comment), StringComparison.Ordinal));

    private static string Described(DocumentationMode mode, string comment)
    {
        CSharpCompilation compilation = TestCompilation.Create(
            TestCompilation.ParseOptions.WithDocumentationMode(mode), NullableContextOptions.Enable, TestCompilation.JsonUsings + $$"""
            [WsRoute("/", Json = typeof(Json))] public class Handler
            {
                {{comment}}
                [JsonRpcMethod] public void Say() { }
            }
            [JsonSerializable(typeof(string))] public partial class Json : JsonSerializerContext;
            """);
        return Encoding.UTF8.GetString(LoadedRoutes.Load(compilation).Describe("openrpc"));
    }

    [Fact]
    public void The_options_are_those_of_the_class_that_names_the_types() => Assert.Contains(
        "\"properties\": { \"theNumber\": ",
        GeneratorRun.Describe("openrpc", TestCompilation.JsonUsings + """
            public record Point(int TheNumber);
            [WsRoute("/", Json = typeof(Derived))] public class Handler { [JsonRpcMethod] public void Move(Point point) { } }
            [JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)] [JsonSerializable(typeof(Point))]
            public partial class Base : JsonSerializerContext;
            // System.Text.Json ignores the options if the context lists no type.
            [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
            public class Derived : Base;
            """),
        StringComparison.Ordinal);

    [Fact]
    public void A_change_that_clients_see_makes_the_description_again_and_nothing_else()
    {
        AssertOnlyTheDescriptionIsMadeAgain(Application.Replace("int Number", "long Number", StringComparison.Ordinal));
        AssertOnlyTheDescriptionIsMadeAgain(Application.Replace("What is added.", "What is summed.", StringComparison.Ordinal));
        AssertOnlyTheDescriptionIsMadeAgain(Application.Replace("Grim = 5", "Grim = 6", StringComparison.Ordinal));
    }

    private static void AssertOnlyTheDescriptionIsMadeAgain(string edited)
    {
        var compilation = TestCompilation.Create(Application);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        GeneratorDriver driver = GeneratorRun.CreateDriver(compilation)
            .RunGenerators(compilation)
            .RunGenerators(
                compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, TestCompilation.ParseOptions, tree.FilePath)));
        var steps = driver.GetRunResult().Results[0].TrackedSteps;
        Assert.Equal(
            [TrackingNames.Declarations, TrackingNames.Parse, TrackingNames.Descriptions, TrackingNames.DescriptionFile],
            // A step without a result, such as that of an interface without a context of its own, is not listed.
            TrackingNames.All.Where(name => steps.TryGetValue(name, out var made) && made.Any(
                static step => step.Outputs.Any(static output => output.Reason == IncrementalStepRunReason.Modified))));
    }

    [Fact]
    public void TypeScript() => Snapshot.Match(WithoutRuntime(GeneratorRun.Describe("typescript", Application)), "ts");

    internal static string WithoutRuntime(string file) =>
        file[..file.IndexOf(TypeScriptEmitter.RuntimeHead, StringComparison.Ordinal)]
            + file[file.IndexOf(TypeScriptEmitter.ClientsHead, StringComparison.Ordinal)..];
}
