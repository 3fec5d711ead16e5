using System.Text;
using System.Text.Json;
using WsAot.Generators.Tests.Compilations;
using WsAot.Routing;

namespace WsAot.Generators.Tests.Describing;

/// <summary>What <c>--describe</c> prints of several assemblies.</summary>
public class CombinedDescriptionTests
{
    private const string App = TestCompilation.JsonUsings + """
        namespace App;
        public sealed record Point(int X);
        [JsonRpcClient] public interface IScreen { void Show(Point point); }
        [WsRoute("/app/{room}", Subprotocols = ["a.v1", "a.v2"], Json = typeof(AppJson))]
        public sealed class Rpc(string room, IScreen screen)
        {
            [JsonRpcMethod] public Guid Next(Point point) { screen.Show(point); return Guid.Parse(room); }
            [JsonRpcMethod] public int Only() => 0;
        }
        [JsonSerializable(typeof(Point))] [JsonSerializable(typeof(Guid))] [JsonSerializable(typeof(int))]
        public sealed partial class AppJson : JsonSerializerContext;
        """;

    private const string Lib = TestCompilation.JsonUsings + """
        namespace Lib;
        [WsRoute("/a/very/long/template")] public sealed class Echo { [OnText] public void Said() { } }
        public sealed record Point(int X);
        [WsRoute("/lib", Json = typeof(LibJson))] public sealed class Clock
        {
            [JsonRpcMethod] public Guid Next(Point point) => default;
        }
        [JsonSerializable(typeof(Point))] [JsonSerializable(typeof(Guid))] public sealed partial class LibJson : JsonSerializerContext;
        """;

    private const string NoRpc = TestCompilation.Usings + """
        [WsRoute("/b")] public sealed class Bare { [OnText] public void Said() { } }
        """;

    private static readonly Lazy<WsRouteTable> s_app = new(static () => Load("App", App));
    private static readonly Lazy<WsRouteTable> s_lib = new(static () => Load("Lib", Lib));
    private static readonly Lazy<WsRouteTable> s_bare = new(static () => Load("Bare", NoRpc));

    [Fact]
    public void Routes_are_one_table_in_the_order_of_their_templates() =>
        Assert.Equal(
            """
            ROUTE                  HANDLER    TAKES     SUBPROTOCOLS
            /a/very/long/template  Lib.Echo   text
            /app/{room}            App.Rpc    json-rpc  a.v1, a.v2
              Next(point: Point): Uuid
              Only(): number
            /b                     Bare       text
            /lib                   Lib.Clock  json-rpc
              Next(point: Point): Uuid

            """,
            Describe("routes", s_app.Value, s_bare.Value, s_lib.Value));

    [Fact]
    public void One_table_alone_is_described_as_it_is()
    {
        foreach (string kind in (string[])["routes", "openrpc", "typescript", "csharp"])
        {
            string alone = Encoding.UTF8.GetString(s_app.Value.Describe(kind));
            Assert.Equal(alone, Describe(kind, s_app.Value));
            if (kind is "typescript" or "csharp") Assert.Equal(alone, Describe(kind, s_bare.Value, s_app.Value));
        }

        Assert.Empty(Describe("yaml", s_app.Value, s_lib.Value));
        Assert.Empty(Describe("routes"));
    }

    [Fact]
    public void An_OpenRPC_document_has_the_methods_and_servers_of_all_and_says_which_belong_together()
    {
        using var document = JsonDocument.Parse(Describe("openrpc", s_app.Value, s_lib.Value, s_bare.Value));
        JsonElement root = document.RootElement;
        Assert.Equal("App", root.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal(["/app/{room}", "/lib"], Each(root.GetProperty("servers"), "x-route"));
        Assert.Equal(["Next", "Only", "/lib#Next"], Each(root.GetProperty("methods"), "name"));
        Assert.Equal("Next", root.GetProperty("methods")[2].GetProperty("x-name").GetString());
        Assert.Equal(
            ["/app/{room}", "/app/{room}", "/lib"],
            root.GetProperty("methods").EnumerateArray().Select(static method => Each(method.GetProperty("servers"), "x-route").Single()));
        Assert.Equal(["Show"], Each(root.GetProperty("x-clientMethods"), "name"));
        Assert.Equal(
            ["Point"],
            root.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(static schema => schema.Name));
    }

    [Fact]
    public void A_TypeScript_file_has_each_shared_type_and_the_runtime_once()
    {
        string file = Describe("typescript", s_app.Value, s_lib.Value);
        string[] once =
        [
            "// App 0.0.0, by", "export type Uuid = string;", "export interface Point {", "export abstract class RpcClient {",
            "// What the clients run on.", "// The clients.", "export interface IScreen {", "export class ClockClient extends RpcClient {",
        ];
        Assert.All(once, text => Assert.Equal(2, file.Split(text).Length));
        Assert.True(
            file.IndexOf("export interface Point", StringComparison.Ordinal) < file.IndexOf("// What the", StringComparison.Ordinal));
        Assert.DoesNotContain("\n\n\n", file, StringComparison.Ordinal);
        Assert.EndsWith("}\n", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_CSharp_file_has_each_shared_type_and_the_runtime_once_and_compiles()
    {
        string file = Describe("csharp", s_app.Value, s_lib.Value);
        string[] once =
        [
            "// App 0.0.0, by", "public sealed record Point\n", "public abstract class RpcClient :", "// What the clients run on.",
            "// The clients.", "public interface IScreen\n", "public sealed class ClockClient : RpcClient\n", "namespace App.Client;",
        ];
        Assert.All(once, text => Assert.Equal(2, file.Split(text).Length));
        CSharpClientTests.AssertCompiles(file);
    }

    [Fact]
    public void What_topics_run_on_comes_from_the_file_that_has_it()
    {
        WsRouteTable topics = Load("Topics", TestCompilation.JsonUsings + """
            [JsonRpcClient, WsTopic("news/{id:int}")] public interface INews { void Said(string text); }
            [WsRoute("/news", Json = typeof(Json), Topics = [typeof(INews)])] public class News;
            [JsonSerializable(typeof(string))] public partial class Json : JsonSerializerContext;
            """);
        string file = Describe("csharp", s_app.Value, topics);
        Assert.Equal(2, file.Split("internal sealed class RpcTopics").Length);
        CSharpClientTests.AssertCompiles(file);
        Assert.Equal(2, Describe("typescript", s_app.Value, topics).Split("class RpcTopics").Length);
    }

    [Theory]
    [InlineData("openrpc")]
    [InlineData("typescript")]
    [InlineData("csharp")]
    public void Types_of_one_name_that_differ_are_named_with_their_assemblies(string kind)
    {
        WsRouteTable other = Load("Other", Lib.Replace("Point(int X)", "Point(int Y)", StringComparison.Ordinal));
        var exception = Assert.Throws<WsStartException>(() => Describe(kind, s_app.Value, other));
        Assert.StartsWith("'Point' of Other is not the 'Point' of App: ", exception.Message, StringComparison.Ordinal);
    }

    private static WsRouteTable Load(string assembly, string source) =>
        LoadedRoutes.Load(TestCompilation.Create(source).WithAssemblyName(assembly));

    private static string Describe(string kind, params WsRouteTable[] tables) =>
        Encoding.UTF8.GetString(WsRouteTable.Combine(tables).Describe(kind));

    private static IEnumerable<string?> Each(JsonElement array, string property) =>
        array.EnumerateArray().Select(item => item.GetProperty(property).GetString());
}
